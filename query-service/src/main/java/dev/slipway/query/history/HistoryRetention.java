package dev.slipway.query.history;

import dev.slipway.runtime.BackgroundTask;
import java.time.Clock;
import java.time.Duration;

/** Keeps the history within its limits, a moment after it grew. */
final class HistoryRetention {

  private static final Duration PAUSE = Duration.ofSeconds(5);

  /**
   * @param events kept of each service at least
   * @param ofTerminated how long all of a service is kept after its end
   */
  record Limits(int events, Duration ofTerminated) {

    Limits {
      if (events < 1) {
        throw new IllegalArgumentException("slipway.history.max-events must be at least 1");
      }
    }
  }

  private final History history;
  private final Limits limits;
  private final Clock clock;

  HistoryRetention(History history, Limits limits, Clock clock) {
    this.history = history;
    this.limits = limits;
    this.clock = clock;
  }

  void trim() {
    var touched = history.touched();
    try {
      touched.forEach(this::keepNewest);
      history.forgetTerminatedBefore(clock.instant().minus(limits.ofTerminated()));
    } catch (RuntimeException failure) {
      history.touch(touched);
      throw failure;
    }
  }

  /** Events are numbered from 0 on: most services have never had as many as are kept. */
  private void keepNewest(String service, long last) {
    if (last >= limits.events()) {
      history.keepNewest(service, limits.events());
    }
  }

  /** The task that does so. */
  BackgroundTask task() {
    return BackgroundTask.every(PAUSE, "history-retention", this::trim);
  }
}
