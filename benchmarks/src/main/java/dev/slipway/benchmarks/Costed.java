package dev.slipway.benchmarks;

import dev.slipway.benchmarks.measure.Load;
import dev.slipway.benchmarks.processes.Processor;
import dev.slipway.benchmarks.processes.Slipway;

/**
 * How requests were answered, and what they cost the servers, which others on the machine change
 * less than how long they took.
 *
 * @param millis of processor for each request, of Slipway and its PostgreSQL
 */
record Costed(Load.Outcome outcome, double millis) {

  /** Sends requests, and tells how they were answered. */
  @FunctionalInterface
  interface Requesting {
    Load.Outcome send() throws InterruptedException;
  }

  static Costed of(Slipway slipway, Requesting requests) throws InterruptedException {
    double before = Processor.seconds(slipway.processes());
    var outcome = requests.send();
    double used = Processor.seconds(slipway.processes()) - before;
    return new Costed(outcome, 1_000 * used / outcome.requests());
  }
}
