package dev.slipway.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;

/** One figure a round. */
public record Samples(List<Double> values) {

  public Samples {
    values = List.copyOf(values);
  }

  public double min() {
    return sorted().getFirst();
  }

  public double max() {
    return sorted().getLast();
  }

  public double median() {
    var sorted = sorted();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** Round by round, since only rounds that were run side by side can be compared. */
  Samples dividedBy(Samples other) {
    var ratios = new ArrayList<Double>();
    for (int round = 0; round < values.size(); round++) {
      ratios.add(values.get(round) / other.values.get(round));
    }
    return new Samples(ratios);
  }

  private List<Double> sorted() {
    return values.stream().sorted().toList();
  }
}
