package dev.slipway.benchmarks;

import dev.slipway.benchmarks.measure.Bar;
import dev.slipway.benchmarks.measure.Row;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** B6: the scheduler alone, by JMH. */
final class Placements implements Workload {

  @Override
  public List<Row> measure(Run run) throws Exception {
    var options =
        new OptionsBuilder()
            .include(PlacementBenchmark.class.getName())
            .param("nodes", "1000")
            .warmupIterations(run.quick() ? 1 : 3)
            .measurementIterations(run.rounds().count())
            .measurementTime(TimeValue.seconds(run.quick() ? 1 : 2))
            .forks(1)
            .shouldFailOnError(true)
            .build();
    var rows = new ArrayList<Row>();
    for (var result : new Runner(options).run()) {
      var values = new ArrayList<Double>();
      result
          .getBenchmarkResults()
          .forEach(
              fork ->
                  fork.getIterationResults()
                      .forEach(round -> values.add(round.getPrimaryResult().getScore())));
      rows.add(
          Row.alone(
              "B6 placement by " + result.getParams().getParam("strategy"),
              "placements/s",
              "one decision among 1,000 nodes with 100,000 containers, in the memory of one thread",
              values,
              Bar.atLeast(5_000)));
    }
    return rows;
  }
}
