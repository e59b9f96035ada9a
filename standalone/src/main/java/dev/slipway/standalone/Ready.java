package dev.slipway.standalone;

import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.boot.health.actuate.endpoint.CompositeHealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.IndicatedHealthDescriptor;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ApplicationContext;

/** Waits until the first request can be answered in full. */
final class Ready {

  private static final Set<Status> READY = Set.of(Status.UP, new Status("DEGRADED"));
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(3);

  private Ready() {}

  /**
   * However long that takes: a long log is a long read.
   *
   * @param progress takes a line every few seconds that says what is not ready, and how far it is
   */
  static boolean await(ApplicationContext context, Consumer<String> progress) {
    var health = context.getBean(HealthEndpoint.class);
    long lastLine = System.nanoTime();
    while (true) {
      var readiness = health.healthForPath("readiness");
      if (readiness != null && READY.contains(readiness.getStatus())) {
        return true;
      }
      if (readiness != null && System.nanoTime() - lastLine > BETWEEN_LINES.toNanos()) {
        lastLine = System.nanoTime();
        progress.accept("  waiting for " + unready(readiness));
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }

  /** The parts that are not ready, each with what it says of itself. */
  static String unready(HealthDescriptor readiness) {
    var parts =
        readiness instanceof CompositeHealthDescriptor composite ? composite.getComponents() : null;
    if (parts == null) {
      return readiness.getStatus().getCode();
    }
    return parts.entrySet().stream()
        .filter(part -> !READY.contains(part.getValue().getStatus()))
        .map(part -> part.getKey() + details(part.getValue()))
        .sorted()
        .collect(Collectors.joining("; "));
  }

  private static String details(HealthDescriptor part) {
    return part instanceof IndicatedHealthDescriptor indicated && indicated.getDetails() != null
        ? " " + indicated.getDetails()
        : "";
  }
}
