package dev.slipway.standalone;

import java.time.Duration;
import java.util.Set;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ApplicationContext;

/** Waits until the first request can be answered in full. */
final class Ready {

  private static final Set<Status> READY = Set.of(Status.UP, new Status("DEGRADED"));
  private static final Duration PAUSE = Duration.ofMillis(50);

  private Ready() {}

  /** However long that takes: a long log is a long read. */
  static boolean await(ApplicationContext context) {
    var health = context.getBean(HealthEndpoint.class);
    while (true) {
      var readiness = health.healthForPath("readiness");
      if (readiness != null && READY.contains(readiness.getStatus())) {
        return true;
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }
}
