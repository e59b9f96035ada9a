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

  /** A turn that gives a figure for each of the first rows; it has no part in the others. */
  @FunctionalInterface
  public interface Turns {
    double[] take() throws Exception;
  }

  /** Who takes part, and how. */
  public record Contender(Role role, String what, Turns turns) {

    public Contender(Role role, String what, Turn turn) {
      this(role, what, () -> new double[] {turn.take()});
    }
  }

  /** A row before it is measured. */
  public record Wanted(String workload, String unit, List<Bar> bars) {

    public Wanted(String workload, String unit, Bar... bars) {
      this(workload, unit, List.of(bars));
    }
  }

  private final int rounds;
  private final Consumer<String> progress;

  public Rounds(int rounds, Consumer<String> progress) {
    this.rounds = rounds;
    this.progress = progress;
  }

  public int count() {
    return rounds;
  }

  /** Says how far a workload is that makes its own rounds. */
  public void tell(String line) {
    progress.accept(line);
  }

  /** The first round warms all up and is not counted. */
  public Row measure(String workload, String unit, List<Contender> contenders, Bar... bars)
      throws Exception {
    return measure(List.of(new Wanted(workload, unit, bars)), contenders).getFirst();
  }

  /** Several rows of the same turns. */
  public List<Row> measure(List<Wanted> rows, List<Contender> contenders) throws Exception {
    var taken = rows.stream().map(_ -> new EnumMap<Role, List<Double>>(Role.class)).toList();
    for (int round = 0; round <= rounds; round++) {
      for (int turn = 0; turn < contenders.size(); turn++) {
        var contender = contenders.get((round + turn) % contenders.size());
        if (contenders.size() > 1) {
          Machine.settle();
        }
        var figures = contender.turns().take();
        tell(round, contender.role(), rows, figures);
        for (int row = 0; round > 0 && row < figures.length; row++) {
          taken
              .get(row)
              .computeIfAbsent(contender.role(), _ -> new ArrayList<>())
              .add(figures[row]);
        }
      }
    }
    var measured = new ArrayList<Row>();
    for (int row = 0; row < rows.size(); row++) {
      measured.add(row(rows.get(row), contenders, taken.get(row)));
    }
    return measured;
  }

  private void tell(int round, Role role, List<Wanted> rows, double[] figures) {
    for (int row = 0; row < figures.length; row++) {
      var wanted = rows.get(row);
      progress.accept(
          "%s, round %d of %d, %s: %s %s"
              .formatted(
                  wanted.workload(),
                  round,
                  rounds,
                  role,
                  Figures.text(figures[row]),
                  wanted.unit()));
    }
  }

  private static Row row(Wanted wanted, List<Contender> contenders, Map<Role, List<Double>> taken) {
    var names = new EnumMap<Role, String>(Role.class);
    contenders.stream()
        .filter(contender -> taken.containsKey(contender.role()))
        .forEach(contender -> names.put(contender.role(), contender.what()));
    Map<Role, Samples> samples = new EnumMap<>(Role.class);
    taken.forEach((role, figures) -> samples.put(role, new Samples(figures)));
    return new Row(wanted.workload(), wanted.unit(), names, samples, wanted.bars());
  }
}
