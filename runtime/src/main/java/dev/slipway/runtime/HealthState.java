package dev.slipway.runtime;

import java.util.Map;

/**
 * How one part of the process is.
 *
 * @param details without secrets: whoever may ask for readiness sees them
 */
public record HealthState(Level level, Map<String, Object> details) {

  /** From best to worst. */
  public enum Level {
    UP,
    /** A part of the work stands still; the process is ready all the same. */
    DEGRADED,
    /** The process is not ready. */
    DOWN
  }

  public HealthState {
    details = Map.copyOf(details);
  }

  public static HealthState up() {
    return new HealthState(Level.UP, Map.of());
  }

  public static HealthState degraded(Map<String, Object> details) {
    return new HealthState(Level.DEGRADED, details);
  }

  public static HealthState down(String cause) {
    return new HealthState(Level.DOWN, Map.of("cause", cause));
  }
}
