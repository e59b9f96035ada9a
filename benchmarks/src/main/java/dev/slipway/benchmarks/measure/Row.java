package dev.slipway.benchmarks.measure;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One measurement: what was done, in what unit, the figures of each contender, and what was
 * promised.
 */
public record Row(
    String workload,
    String unit,
    Map<Role, String> contenders,
    Map<Role, Samples> samples,
    List<Bar> bars) {

  /** The largest round of the limit over the smallest, beyond which a machine counts as noisy. */
  private static final double QUIET = 1.5;

  public Row {
    contenders = Map.copyOf(contenders);
    samples = Map.copyOf(samples);
    bars = List.copyOf(bars);
  }

  /** A figure without anything to compare it with. */
  public static Row alone(
      String workload, String unit, String what, List<Double> values, Bar... bars) {
    return new Row(
        workload,
        unit,
        Map.of(Role.SLIPWAY, what),
        Map.of(Role.SLIPWAY, new Samples(values)),
        List.of(bars));
  }

  public Optional<Samples> of(Role role) {
    return Optional.ofNullable(samples.get(role));
  }

  public Samples own() {
    return of(Role.SLIPWAY).orElseThrow();
  }

  public Optional<Samples> ratio(Role against) {
    return of(Role.SLIPWAY).flatMap(own -> of(against).map(own::dividedBy));
  }

  /** Whether a bar holds; empty if what it compares with was not there. */
  Optional<Boolean> holds(Bar bar) {
    return judged(bar).map(figures -> bar.holds(figures.median()));
  }

  /** The figures that a bar is about; empty if what it compares with was not there. */
  Optional<Samples> judged(Bar bar) {
    var against = bar.against();
    return against == null ? of(Role.SLIPWAY) : ratio(against);
  }

  /** Whether even what always costs the same did not: ratios still count, figures do not. */
  boolean isNoisy() {
    return of(Role.LIMIT).or(() -> of(Role.PEER)).map(s -> s.max() > QUIET * s.min()).orElse(false);
  }
}
