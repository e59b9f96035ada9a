package dev.slipway.standalone.limits;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** Health and metrics of the process's resources. */
final class LimitsHealth implements HealthIndicator, MeterBinder {

  /** Reads are answered, so that the process is ready: 200. */
  private static final Status DEGRADED = new Status("DEGRADED");

  private final Limits limits;

  LimitsHealth(Limits limits) {
    this.limits = limits;
  }

  @Override
  public Health health() {
    var health = new Health.Builder().status(status());
    limits.database().ifPresent(reason -> health.withDetail("database", reason));
    limits.disk().ifPresent(reason -> health.withDetail("disk", reason));
    limits.heap().ifPresent(reason -> health.withDetail("heap", reason));
    return health.build();
  }

  private Status status() {
    if (limits.database().isPresent()) {
      return Status.DOWN;
    }
    return limits.disk().isPresent() || limits.heap().isPresent() ? DEGRADED : Status.UP;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("slipway.disk.free", limits, Limits::freeDiskBytes)
        .baseUnit("bytes")
        .description("free on the disk of the data folder")
        .register(registry);
    Gauge.builder("slipway.heap.used.ratio", limits, Limits::heapShare)
        .description("share of the old generation in use after its last collection")
        .register(registry);
    Gauge.builder("slipway.database.up", limits, now -> now.database().isPresent() ? 0 : 1)
        .description("1 if the embedded PostgreSQL runs, or another server is named")
        .register(registry);
  }
}
