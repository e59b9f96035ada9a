package dev.slipway.benchmarks.measure;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Runs contenders side by side: each once a round, in another order each time. */
public final class Rounds {

  /** One contender's turn: gives the round's figure, or throws if anything went wrong. */
  @FunctionalInterface
  public interface Turn {
    double take() throws Exception;
  }

  /** Who takes part, and how. */
  public record Contender(Role role, String what, Turn turn) {}

  private final int rounds;
  private final Consumer<String> progress;

  public Rounds(int rounds, Consumer<String> progress) {
    this.rounds = rounds;
    this.progress = progress;
  }

  public int count() {
    return rounds;
  }

  /** The first round warms all up and is not counted. */
  public Row measure(String workload, String unit, List<Contender> contenders, Bar... bars)
      throws Exception {
    var values = new EnumMap<Role, List<Double>>(Role.class);
    for (int round = 0; round <= rounds; round++) {
      for (int turn = 0; turn < contenders.size(); turn++) {
        var contender = contenders.get((round + turn) % contenders.size());
        Machine.settle();
        double value = contender.turn().take();
        progress.accept(
            "%s, round %d, %s: %s %s"
                .formatted(workload, round, contender.role(), Figures.text(value), unit));
        if (round > 0) {
          values.computeIfAbsent(contender.role(), _ -> new ArrayList<>()).add(value);
        }
      }
    }
    var names = new EnumMap<Role, String>(Role.class);
    contenders.forEach(contender -> names.put(contender.role(), contender.what()));
    Map<Role, Samples> samples = new EnumMap<>(Role.class);
    values.forEach((role, figures) -> samples.put(role, new Samples(figures)));
    return new Row(workload, unit, names, samples, List.of(bars));
  }
}
