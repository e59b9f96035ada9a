package dev.slipway.benchmarks;

import static dev.slipway.benchmarks.measure.Figures.text;

import dev.slipway.benchmarks.measure.Load;
import dev.slipway.benchmarks.processes.Slipway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Requests until a Slipway answers them as it will from then on: a JVM compiles what it runs often,
 * and has done so after some ten thousand of them.
 *
 * @param what the requests, in the plural
 * @param most requests, so that what they leave behind does not fill the heap
 * @param longest all of it together
 */
record WarmUp(String what, int most, Duration longest, IntFunction<Load.Client> client) {

  private static final int CLIENTS = 64;
  private static final int WINDOW = 5_000;
  private static final int WINDOWS = 4;
  private static final double STEADY = 0.1;

  /** Says how it goes, and notes how warm it was in the end. */
  void run(Workload.Run run, Slipway slipway) throws InterruptedException {
    var costs = new ArrayList<Double>();
    long requests = 0;
    long begin = System.nanoTime();
    long end = begin + longest.toNanos();
    while (!isSteady(costs) && requests < most && System.nanoTime() < end) {
      var left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
      var window = Costed.of(slipway, () -> Load.atMost(WINDOW, CLIENTS, left, client));
      requests += window.outcome().requests();
      if (window.outcome().requests() == WINDOW || costs.isEmpty()) {
        costs.add(window.millis());
      }
      run.progress()
          .accept(
              "warms up: %,d %s, %s ms of processor each"
                  .formatted(requests, what, text(window.millis())));
    }
    run.notes().accept(told(requests, (System.nanoTime() - begin) / 1e9, costs));
  }

  /** Whether none of the last windows cost much less than the dearest of them. */
  static boolean isSteady(List<Double> costs) {
    if (costs.size() < WINDOWS) {
      return false;
    }
    var last = costs.subList(costs.size() - WINDOWS, costs.size());
    return Collections.min(last) >= (1 - STEADY) * Collections.max(last);
  }

  private String told(long requests, double seconds, List<Double> costs) {
    return "Warmed up by %,d %s of %d clients in %.0f s: %s ms of processor each at first, %s at last; %s."
        .formatted(
            requests,
            what,
            CLIENTS,
            seconds,
            text(costs.getFirst()),
            text(costs.getLast()),
            isSteady(costs) ? "it no longer fell" : "**it was not steady yet**");
  }
}
