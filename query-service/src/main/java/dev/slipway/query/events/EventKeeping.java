package dev.slipway.query.events;

import dev.slipway.runtime.BackgroundTask;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/** Keeps the feed going, and no more events than allowed. */
final class EventKeeping implements SmartLifecycle, MeterBinder {

  private static final Duration BETWEEN_TICKS = Duration.ofMillis(50);
  private static final Duration BETWEEN_TRIMS = Duration.ofSeconds(10);

  /** How long and how many events are kept. */
  record Limits(Duration age, long events) {}

  private final EventFeed feed;
  private final EventStore store;
  private final Limits limits;
  private final Clock clock;
  private volatile boolean running;

  EventKeeping(EventFeed feed, EventStore store, Limits limits, Clock clock) {
    this.feed = feed;
    this.store = store;
    this.limits = limits;
    this.clock = clock;
  }

  private void trim() {
    store.dropBefore(clock.instant().minus(limits.age()));
    store.dropAllBut(limits.events());
  }

  /** The task that hands new events on. */
  BackgroundTask feeding() {
    return BackgroundTask.every(BETWEEN_TICKS, "event-feed", feed::tick);
  }

  /** The task that drops old events. */
  BackgroundTask trimming() {
    return BackgroundTask.every(BETWEEN_TRIMS, "event-retention", this::trim);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("slipway.event.streams", feed, EventFeed::followers)
        .description("Readers that follow events")
        .register(registry);
  }

  @Override
  public void start() {
    running = true;
  }

  /** Ends the streams of events, for which the web server would wait. */
  @Override
  public void stop() {
    running = false;
    feed.close();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
