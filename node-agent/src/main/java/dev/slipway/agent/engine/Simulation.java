package dev.slipway.agent.engine;

import java.time.Duration;

/**
 * How a simulated Engine behaves.
 *
 * @param latency how long it takes to make, start, stop or remove a container
 * @param failures of how many containers, from 0 for none to 1 for all, it refuses the start
 */
public record Simulation(Duration latency, double failures) {

  /** At once and without a fault. */
  public static final Simulation SMOOTH = new Simulation(Duration.ZERO, 0);
}
