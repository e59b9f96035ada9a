package dev.slipway.agent.engine;

import java.time.Duration;

/**
 * How a simulated Engine behaves. Shares are from 0 for none to 1 for all.
 *
 * @param jitter by which share of itself a latency is shorter or longer, each time another
 * @param failures the share of containers whose start is refused
 * @param unavailable the share of calls for a container that the Engine does not answer
 */
public record Simulation(
    Latencies latencies, double jitter, double failures, double unavailable, Crashes crashes) {

  /** At once and without a fault. */
  public static final Simulation SMOOTH =
      new Simulation(Latencies.of(Duration.ZERO), 0, 0, 0, Crashes.NONE);

  /** How long it takes to make, start, stop or remove a container. */
  public record Latencies(Duration create, Duration start, Duration stop, Duration remove) {

    public static Latencies of(Duration each) {
      return new Latencies(each, each, each, each);
    }
  }

  /**
   * Containers that end by themselves.
   *
   * @param share of the containers
   * @param after how long they run, each time they are started
   */
  public record Crashes(double share, Duration after, int exitCode) {

    public static final Crashes NONE = new Crashes(0, Duration.ofSeconds(10), 1);
  }

  public Simulation with(Latencies latencies, double jitter) {
    return new Simulation(latencies, jitter, failures, unavailable, crashes);
  }

  public Simulation withFailures(double share) {
    return new Simulation(latencies, jitter, share, unavailable, crashes);
  }

  public Simulation withUnavailable(double share) {
    return new Simulation(latencies, jitter, failures, share, crashes);
  }

  public Simulation with(Crashes crashes) {
    return new Simulation(latencies, jitter, failures, unavailable, crashes);
  }
}
