package dev.slipway.benchmarks;

import static dev.slipway.benchmarks.measure.Role.LIMIT;
import static dev.slipway.benchmarks.measure.Role.PEER;
import static dev.slipway.benchmarks.measure.Role.SLIPWAY;

import dev.slipway.benchmarks.logs.EngineLog;
import dev.slipway.benchmarks.logs.FollowedLog;
import dev.slipway.benchmarks.logs.SlipwayLog;
import dev.slipway.benchmarks.logs.TalkingContainer;
import dev.slipway.benchmarks.measure.Bar;
import dev.slipway.benchmarks.measure.Rounds.Contender;
import dev.slipway.benchmarks.measure.Rounds.Wanted;
import dev.slipway.benchmarks.measure.Row;
import dev.slipway.benchmarks.processes.EngineApi;
import dev.slipway.benchmarks.processes.Slipway;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * B7: lines from a container's standard output to somebody who follows them. The container prints
 * what it is told over its published port, so that sender and reader go by one clock.
 */
final class LogLines implements Workload {

  private static final String FILLING = "x".repeat(90);
  private static final long BETWEEN_NS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long LONGEST_US = TimeUnit.SECONDS.toMicros(60);

  @Override
  public List<Row> measure(Run run) throws Exception {
    var engine = new EngineApi();
    try (var slipway = Slipway.up(run.folder().resolve("slipway"), false);
        var told = TalkingContainer.of(slipway);
        var alone = TalkingContainer.of(engine)) {
      return new Measuring(run, slipway, engine, told, alone).rows();
    }
  }

  @Override
  public boolean needsContainers() {
    return true;
  }

  private record Measuring(
      Run run, Slipway slipway, EngineApi engine, TalkingContainer told, TalkingContainer alone) {

    List<Row> rows() throws Exception {
      int lines = run.quick() ? 5_000 : 50_000;
      var many = "B7 %,d lines of 100 bytes at once".formatted(lines);
      var rows = new ArrayList<Row>();
      rows.addAll(
          rows(
              List.of(new Wanted(many, "lines/s", Bar.atLeast(0.7, PEER))),
              (container, log) -> new double[] {perSecond(container, log, lines)}));
      rows.addAll(
          rows(
              List.of(
                  new Wanted("B7 one line, p50, at 100 lines/s", "ms"),
                  new Wanted("B7 one line, p99, at 100 lines/s", "ms", Bar.atMost(100))),
              this::latencies));
      return rows;
    }

    private List<Row> rows(List<Wanted> wanted, Reading reading) throws Exception {
      return run.rounds()
          .measure(
              wanted,
              List.of(
                  new Contender(
                      SLIPWAY,
                      "a websocket that follows the service's log",
                      () -> read(told, SlipwayLog.of(slipway, told), reading)),
                  new Contender(
                      PEER,
                      "what docker logs -f does, on the same container",
                      () -> read(told, EngineLog.of(engine, told), reading)),
                  new Contender(
                      LIMIT,
                      "the same, on a container that is not Slipway's",
                      () -> read(alone, EngineLog.of(engine, alone), reading))));
    }

    private static double[] read(TalkingContainer container, FollowedLog log, Reading reading) {
      try (log) {
        container.sayUntilHeard(log);
        return reading.of(container, log);
      }
    }

    private static double perSecond(TalkingContainer container, FollowedLog log, int lines) {
      long before = log.lines();
      long begin = System.nanoTime();
      container.say((FILLING + "\n").repeat(lines - 1));
      var end = "end-" + begin;
      container.say(end + "\n");
      log.await(end);
      double seconds = (System.nanoTime() - begin) / 1e9;
      expect(lines, log.lines() - before);
      return lines / seconds;
    }

    /** None lost, none doubled. */
    private static void expect(int lines, long came) {
      if (came != lines) {
        throw new IllegalStateException("%,d lines came of %,d".formatted(came, lines));
      }
    }

    /** The median and the 99th percentile. */
    private double[] latencies(TalkingContainer container, FollowedLog log) {
      var latencies = new Histogram(1, LONGEST_US, 3);
      int lines = run.quick() ? 50 : 500;
      long before = log.lines();
      long next = System.nanoTime();
      for (int i = 0; i < lines; i++) {
        next += BETWEEN_NS;
        LockSupport.parkNanos(next - System.nanoTime());
        long said = System.nanoTime();
        var line = "at-" + said;
        container.say(line + "\n");
        long us = (log.await(line) - said) / 1_000;
        latencies.recordValue(Math.clamp(us, 1, LONGEST_US));
      }
      expect(lines, log.lines() - before);
      return new double[] {
        latencies.getValueAtPercentile(50) / 1_000.0, latencies.getValueAtPercentile(99) / 1_000.0
      };
    }
  }

  private interface Reading {
    double[] of(TalkingContainer container, FollowedLog log);
  }
}
