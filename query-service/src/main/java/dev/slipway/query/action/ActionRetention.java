package dev.slipway.query.action;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Keeps actions within their limits, a moment after there are more; those that go on are kept. */
final class ActionRetention implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(ActionRetention.class);
  private static final int PAUSE_SECONDS = 5;

  /**
   * @param perObject how many of each object are kept
   * @param age how long an action is kept after its end
   */
  record Limits(int perObject, Duration age) {

    Limits {
      if (perObject < 1) {
        throw new IllegalArgumentException("slipway.actions.max-per-object must be at least 1");
      }
    }
  }

  private final Actions actions;
  private final Limits limits;
  private final Clock clock;
  private @Nullable ScheduledExecutorService timer;

  ActionRetention(Actions actions, Limits limits, Clock clock) {
    this.actions = actions;
    this.limits = limits;
    this.clock = clock;
  }

  void trim() {
    try {
      actions.keepNewestOfEach(limits.perObject());
      actions.dropEndedBefore(clock.instant().minus(limits.age()));
    } catch (RuntimeException failure) {
      LOG.warn("Old actions can not be dropped now: {}", failure.getMessage());
    }
  }

  @Override
  public void start() {
    var started =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("action-retention").factory());
    started.scheduleWithFixedDelay(this::trim, PAUSE_SECONDS, PAUSE_SECONDS, TimeUnit.SECONDS);
    timer = started;
  }

  @Override
  public void stop() {
    var started = timer;
    if (started != null) {
      started.shutdownNow();
    }
    timer = null;
  }

  @Override
  public boolean isRunning() {
    return timer != null;
  }
}
