package dev.slipway.query.action;

import dev.slipway.runtime.BackgroundTask;
import java.time.Clock;
import java.time.Duration;

/** Keeps actions within their limits, a moment after there are more; those that go on are kept. */
final class ActionRetention {

  private static final Duration PAUSE = Duration.ofSeconds(5);

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

  ActionRetention(Actions actions, Limits limits, Clock clock) {
    this.actions = actions;
    this.limits = limits;
    this.clock = clock;
  }

  void trim() {
    actions.keepNewestOfEach(limits.perObject());
    actions.dropEndedBefore(clock.instant().minus(limits.age()));
  }

  /** The task that does so. */
  BackgroundTask task() {
    return BackgroundTask.every(PAUSE, "action-retention", this::trim);
  }
}
