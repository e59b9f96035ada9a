package dev.slipway.query.history;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Keeps the history within its limits, a moment after it grew. */
final class HistoryRetention implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(HistoryRetention.class);
  private static final int PAUSE_SECONDS = 5;

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
  private @Nullable ScheduledExecutorService timer;

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
      LOG.warn("Old history can not be dropped now: {}", failure.getMessage());
    }
  }

  /** Events are numbered from 0 on: most services have never had as many as are kept. */
  private void keepNewest(String service, long last) {
    if (last >= limits.events()) {
      history.keepNewest(service, limits.events());
    }
  }

  @Override
  public void start() {
    var started =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("history-retention").factory());
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
