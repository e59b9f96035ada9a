package dev.slipway.benchmarks.measure;

import org.jspecify.annotations.Nullable;

/**
 * What was promised of a figure: its median, or the median of its ratios to another in the same
 * rounds, must be on the right side of a number.
 *
 * @param against null if the figure itself is meant
 */
public record Bar(@Nullable Role against, boolean atLeast, double value) {

  public static Bar atLeast(double ratio, Role against) {
    return new Bar(against, true, ratio);
  }

  public static Bar atMost(double ratio, Role against) {
    return new Bar(against, false, ratio);
  }

  public static Bar atLeast(double value) {
    return new Bar(null, true, value);
  }

  public static Bar atMost(double value) {
    return new Bar(null, false, value);
  }

  boolean holds(double median) {
    return atLeast ? median >= value : median <= value;
  }

  @Override
  public String toString() {
    var of =
        switch (against) {
          case null -> "";
          case PEER -> " × peer";
          case LIMIT -> " × limit";
          case SLIPWAY -> throw new IllegalStateException("nothing is compared with itself");
        };
    return (atLeast ? "≥ " : "≤ ") + Figures.text(value) + of;
  }
}
