package dev.slipway.query.projection;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** Shows how the projections are doing: in the health of the process and as metrics. */
final class ProjectionHealth implements HealthIndicator, MeterBinder {

  private final Projections projections;

  ProjectionHealth(Projections projections) {
    this.projections = projections;
  }

  @Override
  public Health health() {
    boolean ready = projections.loops().stream().allMatch(loop -> loop.status().isReady());
    var health =
        !ready
            ? Health.outOfService()
            : parked() == 0 ? Health.up() : Health.status(new Status("DEGRADED"));
    projections.loops().forEach(loop -> health.withDetail(loop.name(), loop.status().describe()));
    return health.build();
  }

  private long parked() {
    return projections.loops().stream().mapToLong(loop -> loop.status().parked().size()).sum();
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("slipway.projection.parked", this, ProjectionHealth::parked)
        .description("Subjects with an event that cannot be applied to the views")
        .register(registry);
    for (var loop : projections.loops()) {
      var status = loop.status();
      for (var topic : status.topics()) {
        Gauge.builder("slipway.projection.lag", status, s -> s.knownLag(topic))
            .tag("topic", topic)
            .description("Records of the topic that are not in the views yet")
            .register(registry);
        FunctionCounter.builder("slipway.projection.records", status, s -> s.appliedRecords(topic))
            .tag("topic", topic)
            .description("Records that were applied to the views")
            .register(registry);
      }
    }
  }
}
