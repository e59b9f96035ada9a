package dev.slipway.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a background task is: written by its thread, read by any. */
public final class TaskStatus implements HealthContribution {

  /** A failure that is over sooner is no reason to call the process unhealthy. */
  private static final Duration TOLERATED_FAILURE = Duration.ofSeconds(10);

  private final String name;
  private volatile Instant lastProgress = Instant.now();
  private volatile @Nullable Instant failingSince;
  private volatile @Nullable String cause;
  private volatile int deaths;
  private volatile boolean stopped;

  TaskStatus(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  void progressed() {
    lastProgress = Instant.now();
    failingSince = null;
    cause = null;
    deaths = 0;
  }

  void failed(Throwable failure) {
    if (failingSince == null) {
      failingSince = Instant.now();
    }
    cause = describe(failure);
  }

  @SuppressWarnings("NonAtomicOperationOnVolatileField") // the task's thread alone writes
  int died(Throwable death) {
    failed(death);
    deaths++;
    return deaths;
  }

  void stopped() {
    stopped = true;
  }

  boolean isFailing() {
    return failingSince != null;
  }

  boolean isFailingFor(Duration duration) {
    var since = failingSince;
    return since != null && Instant.now().isAfter(since.plus(duration));
  }

  static String describe(Throwable failure) {
    var message = failure.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : failure.getClass().getSimpleName() + ": " + message.lines().findFirst().orElse("");
  }

  @Override
  public HealthState health() {
    var details = new LinkedHashMap<String, Object>(Map.of("lastProgress", lastProgress));
    var why = cause;
    if (why != null) {
      details.put("cause", why);
    }
    if (deaths > 0) {
      details.put("deaths", deaths);
    }
    boolean down = stopped || deaths > 0 || isFailingFor(TOLERATED_FAILURE);
    return new HealthState(down ? HealthState.Level.DOWN : HealthState.Level.UP, details);
  }
}
