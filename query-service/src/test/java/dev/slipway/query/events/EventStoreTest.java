package dev.slipway.query.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.slipway.query.events.Change.Thing;
import dev.slipway.query.events.Change.Verb;
import dev.slipway.query.events.EventStore.Dropped;
import dev.slipway.query.projection.Stores;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventStoreTest {

  static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  static Stream<MongoDatabase> databases() {
    return Stores.fresh();
  }

  static StreamEvent event(int number) {
    return new StreamEvent(
        "event-" + number,
        number,
        START.plusSeconds(number),
        "admin",
        new Thing(EventType.SERVICE, Verb.UPDATE, "/", List.of(), "Running"));
  }

  static EventStore store(MongoDatabase database) {
    var store = new EventStore(database, Clock.systemUTC());
    store.prepare();
    return store;
  }

  static List<Long> orders(EventStore store) {
    return store.after("admin", -1, Long.MAX_VALUE).stream().map(StreamEvent::order).toList();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void remembersWhatItDroppedForTheNextProcess(MongoDatabase database) {
    var store = store(database);
    assertThat(store.dropped()).isEqualTo(new Dropped(-1, Instant.MIN));
    assertThat(store.add(Stream.iterate(0, i -> i + 1).limit(10).map(i -> event(i)).toList()))
        .isEmpty();
    store.dropAllBut(8);
    assertThat(store(database).dropped()).isEqualTo(new Dropped(1, START.plusSeconds(1)));
    store.dropBefore(START.plusSeconds(5));
    assertThat(store(database).dropped()).isEqualTo(new Dropped(4, START.plusSeconds(4)));
    store.dropBefore(START.plusSeconds(5));
    store.dropAllBut(8);
    assertThat(store(database).dropped().order()).isEqualTo(4);
    assertThat(orders(store)).containsExactly(5L, 6L, 7L, 8L, 9L);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void neverRemembersLessThanBefore(MongoDatabase database) {
    var store = store(database);
    store.noteDropped(event(7));
    store.noteDropped(event(3));
    assertThat(store.dropped()).isEqualTo(new Dropped(7, START.plusSeconds(7)));
  }
}
