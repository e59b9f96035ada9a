package dev.slipway.benchmarks.measure;

import java.util.Locale;

/** Figures as people read them: three digits say all that is known. */
public final class Figures {

  private Figures() {}

  public static String text(double value) {
    double size = Math.abs(value);
    if (size == Math.rint(size) && size < 1_000) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    if (size >= 100) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
  }

  /** Smallest, median and largest. */
  static String text(Samples samples) {
    if (samples.min() == samples.max()) {
      return "**%s**".formatted(text(samples.median()));
    }
    return "%s / **%s** / %s"
        .formatted(text(samples.min()), text(samples.median()), text(samples.max()));
  }
}
