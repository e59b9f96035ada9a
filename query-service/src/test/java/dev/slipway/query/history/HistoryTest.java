package dev.slipway.query.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import dev.slipway.http.ApiFailure;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceId;
import dev.slipway.query.paging.ListQuery;
import dev.slipway.query.projection.Stores;
import dev.slipway.query.projection.ViewCollection;
import dev.slipway.query.service.Happenings;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** States of the past, and what is left of them when old events are dropped. */
class HistoryTest {

  static final ServiceId WEB = new ServiceId("3f0c7d7e-0000-4000-8000-000000000001");
  static final ServiceId OTHER = new ServiceId("3f0c7d7e-0000-4000-8000-000000000002");

  static Stream<MongoDatabase> databases() {
    return Stores.fresh();
  }

  static History on(MongoDatabase database) {
    database.drop();
    var history = new History(database);
    history.prepare();
    return history;
  }

  /** The states after each event, which are added to the history. */
  static List<Service> add(History history, List<ServiceEvent> events) {
    var states = new ArrayList<Service>();
    var happened = new ArrayList<Happened>();
    for (var event : events) {
      var envelope = Happenings.envelope(event, states.size());
      states.add(Service.evolve(states.isEmpty() ? null : states.getLast(), event, envelope.at()));
      happened.add(new Happened(envelope, states.getLast().lifecycle().text()));
    }
    history.add(happened);
    history.add(happened);
    return states;
  }

  @ParameterizedTest
  @MethodSource("databases")
  void givesEachStateThatAServiceHasBeenIn(MongoDatabase database) {
    var history = on(database);
    var states = add(history, Happenings.random(1, WEB, 60));
    add(history, Happenings.random(2, OTHER, 20));
    var past = new Past(history);
    for (int version = 0; version < 60; version++) {
      assertThat(past.of(states.getLast(), "" + version)).isEqualTo(states.get(version));
      var moment = Happenings.START.plusSeconds(version).toString();
      assertThat(past.of(states.getLast(), moment)).isEqualTo(states.get(version));
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void keepsTheNewestEventsAndTheStateBeforeThem(MongoDatabase database) {
    var history = on(database);
    var states = add(history, Happenings.random(3, WEB, 100));
    var others = add(history, Happenings.random(4, OTHER, 12));
    var now = Clock.fixed(Happenings.START, ZoneOffset.UTC);
    var limits = new HistoryRetention.Limits(10, Duration.ofDays(30));
    new HistoryRetention(history, limits, now).trim();

    var query = ListQuery.of("/", Map.<String, String>of(), Set.of());
    assertThat(history.page(WEB.value(), query).total()).isEqualTo(10);
    assertThat(history.page(OTHER.value(), query).total()).isEqualTo(12);
    var past = new Past(history);
    for (int version = 89; version < 100; version++) {
      assertThat(past.of(states.getLast(), "" + version)).isEqualTo(states.get(version));
    }
    assertThatThrownBy(() -> past.of(states.getLast(), "88")).isInstanceOf(ApiFailure.class);
    assertThat(past.of(others.getLast(), "0")).isEqualTo(others.getFirst());

    history.keepNewest(WEB.value(), 4);
    assertThat(history.page(WEB.value(), query).total()).isEqualTo(4);
    assertThat(past.of(states.getLast(), "95")).isEqualTo(states.get(95));
  }

  @ParameterizedTest
  @MethodSource("databases")
  void forgetsAServiceSomeTimeAfterItsEnd(MongoDatabase database) {
    var history = on(database);
    var events = new ArrayList<>(Happenings.running(WEB, "web"));
    events.addAll(Happenings.terminated(WEB));
    add(history, events);
    add(history, Happenings.running(OTHER, "other"));
    history.keepNewest(WEB.value(), 5);
    var end = Happenings.START.plusSeconds(events.size());
    history.forgetTerminatedBefore(Happenings.START);
    var entries = database.getCollection(ViewCollection.stored("history"));
    assertThat(entries.countDocuments()).isEqualTo(5 + 9);
    history.forgetTerminatedBefore(end);
    assertThat(entries.countDocuments()).isEqualTo(9);
    assertThat(history.base(WEB.value())).isNull();
  }
}
