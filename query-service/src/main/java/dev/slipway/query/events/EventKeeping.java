package dev.slipway.query.events;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Keeps the feed going, and no more events than allowed. */
final class EventKeeping implements SmartLifecycle, MeterBinder {

  private static final Logger LOG = LoggerFactory.getLogger(EventKeeping.class);

  /** How long and how many events are kept. */
  record Limits(Duration age, long events) {}

  private final EventFeed feed;
  private final EventStore store;
  private final Limits limits;
  private final Clock clock;
  private @Nullable ScheduledExecutorService timer;

  EventKeeping(EventFeed feed, EventStore store, Limits limits, Clock clock) {
    this.feed = feed;
    this.store = store;
    this.limits = limits;
    this.clock = clock;
  }

  void trim() {
    try {
      store.dropBefore(clock.instant().minus(limits.age()));
      store.dropAllBut(limits.events());
    } catch (RuntimeException failure) {
      LOG.warn("Old events can not be dropped now: {}", failure.getMessage());
    }
  }

  private void tick() {
    try {
      feed.tick();
    } catch (RuntimeException failure) {
      LOG.debug("Events wait", failure);
    }
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("slipway.event.streams", feed, EventFeed::followers)
        .description("Readers that follow events")
        .register(registry);
  }

  @Override
  public void start() {
    var started =
        Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().daemon().name("events-", 0).factory());
    started.scheduleWithFixedDelay(this::tick, 50, 50, TimeUnit.MILLISECONDS);
    started.scheduleWithFixedDelay(this::trim, 10, 10, TimeUnit.SECONDS);
    timer = started;
  }

  @Override
  public void stop() {
    var started = timer;
    if (started != null) {
      started.shutdownNow();
    }
    timer = null;
    feed.close();
  }

  @Override
  public boolean isRunning() {
    return timer != null;
  }
}
