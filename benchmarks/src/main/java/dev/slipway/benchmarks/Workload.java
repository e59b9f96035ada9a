package dev.slipway.benchmarks;

import dev.slipway.benchmarks.measure.Rounds;
import dev.slipway.benchmarks.measure.Row;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** One of the things that are measured. */
@FunctionalInterface
interface Workload {

  /** Where in a run's folder plots are looked for. */
  String PICTURES = "pictures";

  List<Row> measure(Run run) throws Exception;

  /** Whether it is nothing without real containers. */
  default boolean needsContainers() {
    return false;
  }

  /**
   * How much is measured, and where.
   *
   * @param quick shorter and smaller: to see whether it works
   * @param large with the sizes that take longest
   * @param folder of this workload alone, empty at the beginning
   * @param engine whether a Docker Engine answers
   * @param progress is told what happens now
   * @param notes is told what a reader of the figures must know
   */
  record Run(
      Rounds rounds,
      boolean quick,
      boolean large,
      Path folder,
      boolean engine,
      Consumer<String> progress,
      Consumer<String> notes) {

    /** Where plots go. */
    Path pictures() {
      return folder.resolve(PICTURES);
    }

    /** How long one turn of one contender is. */
    Duration turn(int millis) {
      return Duration.ofMillis(quick ? Math.min(millis, 1_000) : millis);
    }
  }
}
