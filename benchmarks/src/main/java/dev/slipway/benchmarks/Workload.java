package dev.slipway.benchmarks;

import dev.slipway.benchmarks.measure.Rounds;
import dev.slipway.benchmarks.measure.Row;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** One of the things that are measured. */
@FunctionalInterface
interface Workload {

  List<Row> measure(Run run) throws Exception;

  /**
   * How much is measured, and where.
   *
   * @param quick shorter and smaller: to see whether it works
   * @param large with the sizes that take an hour
   * @param folder of this workload alone, empty at the beginning
   * @param engine whether a Docker Engine answers
   */
  record Run(Rounds rounds, boolean quick, boolean large, Path folder, boolean engine) {

    /** How long one turn of one contender is. */
    Duration turn() {
      return Duration.ofMillis(quick ? 1_000 : 4_000);
    }
  }
}
