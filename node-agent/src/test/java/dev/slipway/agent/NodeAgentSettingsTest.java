package dev.slipway.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agent.engine.EngineDefaults;
import dev.slipway.agent.engine.PullPolicy;
import dev.slipway.agent.engine.Simulation;
import dev.slipway.agent.engine.Simulation.Crashes;
import dev.slipway.agent.engine.Simulation.Latencies;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class NodeAgentSettingsTest {

  private static <T> T settings(Class<T> type, String prefix, Map<String, Object> environment) {
    var all = new StandardEnvironment();
    var sources = all.getPropertySources();
    sources.stream().toList().forEach(source -> sources.remove(source.getName()));
    sources.addFirst(new SystemEnvironmentPropertySource("systemEnvironment", environment));
    return new Binder(ConfigurationPropertySources.get(all)).bindOrCreate(prefix, type);
  }

  @Test
  void areSafeWhenNothingIsSet() {
    var settings = settings(NodeAgentSettings.class, "slipway", Map.of());
    assertThat(settings.pull()).isEqualTo(PullPolicy.ALWAYS);
    assertThat(settings.simulated()).isFalse();
    assertThat(settings.engineDefaults())
        .isEqualTo(new EngineDefaults("0.0.0.0", 4096, "50m", 3, null));
    assertThat(settings(SimulationSettings.class, "slipway.simulated", Map.of()).simulation())
        .isEqualTo(Simulation.SMOOTH);
  }

  @Test
  void comeFromTheEnvironment() {
    var environment =
        Map.<String, Object>of(
            "SLIPWAY_SIMULATED", "true",
            "SLIPWAY_SIMULATED_LATENCY", "50ms",
            "SLIPWAY_SIMULATED_FAILURES", "0.1",
            "SLIPWAY_PULL", "missing",
            "SLIPWAY_LIMITS_PROCESSES", "-1",
            "SLIPWAY_LIMITS_LOGSIZE", "1m",
            "SLIPWAY_LIMITS_LOGFILES", "5",
            "SLIPWAY_HOST_ROOT", "/host",
            "SLIPWAY_PUBLISH_ADDRESS", "127.0.0.1");
    var settings = settings(NodeAgentSettings.class, "slipway", environment);
    assertThat(settings.simulated()).isTrue();
    assertThat(settings.pull()).isEqualTo(PullPolicy.MISSING);
    assertThat(settings.engineDefaults())
        .isEqualTo(new EngineDefaults("127.0.0.1", -1, "1m", 5, "/host"));
    assertThat(settings(SimulationSettings.class, "slipway.simulated", environment).simulation())
        .isEqualTo(
            Simulation.SMOOTH.with(Latencies.of(Duration.ofMillis(50)), 0).withFailures(0.1));
  }

  @Test
  void sayOfEachKindOfCallAndFaultHowItIsSimulated() {
    var environment =
        Map.<String, Object>of(
            "SLIPWAY_SIMULATED", "true",
            "SLIPWAY_SIMULATED_LATENCY", "50ms",
            "SLIPWAY_SIMULATED_LATENCIES_CREATE", "100ms",
            "SLIPWAY_SIMULATED_LATENCIES_STOP", "1s",
            "SLIPWAY_SIMULATED_JITTER", "0.5",
            "SLIPWAY_SIMULATED_UNAVAILABLE", "0.01",
            "SLIPWAY_SIMULATED_CRASH_SHARE", "0.2",
            "SLIPWAY_SIMULATED_CRASH_AFTER", "1m",
            "SLIPWAY_SIMULATED_CRASH_EXITCODE", "137");
    var usual = Duration.ofMillis(50);
    assertThat(settings(SimulationSettings.class, "slipway.simulated", environment).simulation())
        .isEqualTo(
            new Simulation(
                new Latencies(Duration.ofMillis(100), usual, Duration.ofSeconds(1), usual),
                0.5,
                0,
                0.01,
                new Crashes(0.2, Duration.ofMinutes(1), 137)));
  }
}
