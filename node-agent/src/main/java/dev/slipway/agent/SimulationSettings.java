package dev.slipway.agent;

import dev.slipway.agent.engine.Simulation;
import dev.slipway.agent.engine.Simulation.Crashes;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How containers are simulated, if they are: under {@code slipway.simulated}, or as
 * SLIPWAY_SIMULATED_… in the environment. Shares are from 0 for none to 1 for all.
 *
 * @param latency how long it takes to make, start, stop or remove one, where nothing else is said
 * @param jitter by which share of itself a latency is shorter or longer
 * @param failures of how many the start is refused
 * @param unavailable of how many calls the Engine does not answer
 */
@ConfigurationProperties("slipway.simulated")
record SimulationSettings(
    @DefaultValue("0s") Duration latency,
    @DefaultValue Latencies latencies,
    @DefaultValue("0") double jitter,
    @DefaultValue("0") double failures,
    @DefaultValue("0") double unavailable,
    @DefaultValue Crash crash) {

  /** How long one kind of call takes. */
  record Latencies(
      @Nullable Duration create,
      @Nullable Duration start,
      @Nullable Duration stop,
      @Nullable Duration remove) {}

  /**
   * Containers that end by themselves.
   *
   * @param share of the containers
   * @param after how long they run
   */
  record Crash(
      @DefaultValue("0") double share,
      @DefaultValue("10s") Duration after,
      @DefaultValue("1") int exitCode) {}

  Simulation simulation() {
    return new Simulation(
        new Simulation.Latencies(
            or(latencies.create), or(latencies.start), or(latencies.stop), or(latencies.remove)),
        jitter,
        failures,
        unavailable,
        new Crashes(crash.share, crash.after, crash.exitCode));
  }

  private Duration or(@Nullable Duration own) {
    return Objects.requireNonNullElse(own, latency);
  }
}
