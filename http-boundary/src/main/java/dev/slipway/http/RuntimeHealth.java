package dev.slipway.http;

import dev.slipway.runtime.HealthRegistry;
import dev.slipway.runtime.HealthState;
import dev.slipway.runtime.HealthState.Level;
import java.util.LinkedHashMap;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** The health of all parts that are registered: as good as the worst of them. */
final class RuntimeHealth implements HealthIndicator {

  /** A part of the work stands still; the process is ready, and answers 200. */
  static final Status DEGRADED = new Status("DEGRADED");

  private final HealthRegistry registry;

  RuntimeHealth(HealthRegistry registry) {
    this.registry = registry;
  }

  @Override
  public Health health() {
    var worst = Level.UP;
    var health = new Health.Builder();
    for (var entry : registry.states().entrySet()) {
      var state = entry.getValue();
      worst = worst.compareTo(state.level()) < 0 ? state.level() : worst;
      health.withDetail(entry.getKey(), details(state));
    }
    return health
        .status(
            switch (worst) {
              case UP -> Status.UP;
              case DEGRADED -> DEGRADED;
              case DOWN -> Status.OUT_OF_SERVICE;
            })
        .build();
  }

  private static Object details(HealthState state) {
    var details = new LinkedHashMap<String, Object>();
    details.put("state", state.level().name());
    details.putAll(state.details());
    return details;
  }
}
