package dev.slipway.query.events;

import dev.slipway.query.stream.ReaderTooSlow;
import dev.slipway.query.stream.Sink;
import dev.slipway.query.stream.Source;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The events that one reader wants, each once and in order. */
final class EventStream implements Source<StreamEvent> {

  private static final Duration PULSE = Duration.ofSeconds(1);
  private static final Duration OTHERS_POLL = Duration.ofMillis(250);

  /** How late another instance's events may come to be found all the same. */
  private static final Duration LATENESS = Duration.ofSeconds(5);

  /** So many of the last events are known again, should one come twice. */
  private static final int REMEMBERED = 500;

  private static final int REMEMBERED_OF_OTHERS = 10_000;

  /** Where to begin: behind an event, or at a moment; at neither, with the next event. */
  record Beginning(@Nullable StreamEvent after, @Nullable Instant from) {

    boolean isStored() {
      return after != null || from != null;
    }
  }

  private final EventFeed feed;
  private final EventStore store;
  private final EventFilter filter;
  private final Beginning beginning;
  private final boolean shared;
  private long given;
  private Instant scanned = Instant.now();
  private final Map<String, Boolean> recent =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > (shared ? REMEMBERED_OF_OTHERS : REMEMBERED);
        }
      };

  /**
   * @param shared whether other instances store events that this process does not see
   */
  EventStream(
      EventFeed feed, EventStore store, EventFilter filter, Beginning beginning, boolean shared) {
    this.feed = feed;
    this.store = store;
    this.filter = filter;
    this.beginning = beginning;
    this.shared = shared;
  }

  @Override
  public void run(Sink<StreamEvent> sink) throws IOException, InterruptedException {
    var following = feed.follow(filter);
    var follower = following.follower();
    try {
      given = following.after();
      sink.send(List.of());
      if (beginning.isStored()) {
        var after = beginning.after();
        giveStored(sink, after == null ? -1 : after.order());
      }
      while (!follower.isClosed()) {
        var batch = follower.take(shared ? OTHERS_POLL : PULSE);
        if (shared) {
          giveOthers(sink);
        } else if (batch.fellBehind()) {
          requireNoneMissing();
          giveStored(sink, given);
        }
        give(sink, batch.items().stream().filter(event -> event.order() > given).toList());
        sink.pulse();
      }
    } finally {
      feed.leave(follower);
    }
  }

  private void requireNoneMissing() throws ReaderTooSlow {
    if (store.dropped().order() > given) {
      throw new ReaderTooSlow("events that were not read yet are not kept any more");
    }
  }

  private void giveStored(Sink<StreamEvent> sink, long after) throws IOException {
    long upTo = shared ? Long.MAX_VALUE : feed.lastOrder();
    given = after;
    List<StreamEvent> page;
    do {
      page = store.after(filter.namespace(), given, upTo);
      give(sink, page);
    } while (!page.isEmpty());
    given = Math.max(given, shared ? given : upTo);
  }

  /** What came past this process lately. */
  private void giveOthers(Sink<StreamEvent> sink) throws IOException {
    var since = scanned.minus(LATENESS);
    scanned = Instant.now();
    give(sink, store.storedSince(filter.namespace(), since.toEpochMilli()));
  }

  private void give(Sink<StreamEvent> sink, List<StreamEvent> events) throws IOException {
    var from = beginning.from();
    var wanted =
        events.stream()
            .filter(filter)
            .filter(event -> from == null || !event.at().isBefore(from))
            .filter(event -> recent.put(event.uuid(), true) == null)
            .toList();
    if (!wanted.isEmpty()) {
      sink.send(wanted);
    }
    if (!events.isEmpty()) {
      given = Math.max(given, events.getLast().order());
    }
  }
}
