package dev.slipway.agent;

import dev.slipway.agent.engine.Simulation;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How containers are simulated, if they are: under {@code slipway.simulated}, or as
 * SLIPWAY_SIMULATED_… in the environment.
 *
 * @param latency how long it takes to make, start, stop or remove one
 * @param failures of how many the start is refused, from 0 for none to 1 for all
 */
@ConfigurationProperties("slipway.simulated")
record SimulationSettings(
    @DefaultValue("0s") Duration latency, @DefaultValue("0") double failures) {

  Simulation simulation() {
    return new Simulation(latency, failures);
  }
}
