package dev.slipway.query.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.Envelope;
import dev.slipway.query.container.Containers;
import dev.slipway.query.events.Feeds;
import dev.slipway.query.history.History;
import dev.slipway.query.paging.Presence;
import dev.slipway.query.projection.AppliedVersions;
import dev.slipway.query.projection.EventsMissing;
import dev.slipway.query.projection.Projection.Message;
import dev.slipway.query.projection.Stores;
import dev.slipway.query.projection.ViewCollection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Run on the stand-in, and on a real server if one is named. */
class ServiceProjectionTest {

  static Stream<MongoDatabase> databases() {
    return Stores.fresh();
  }

  static ServiceId id(int number) {
    return new ServiceId("3f0c7d7e-0000-4000-8000-%012d".formatted(number));
  }

  static ServiceProjection on(MongoDatabase database) {
    var presence = new Presence(Clock.systemUTC(), Duration.ofHours(1));
    var projection =
        new ServiceProjection(
            new ServiceProjection.Views(
                new Services(database, presence),
                new Containers(database, presence),
                new History(database)),
            Feeds.on(database),
            _ -> {},
            new AppliedVersions());
    projection.prepare();
    return projection;
  }

  /** The events of several services, mixed, in order for each. */
  static List<Message<Envelope<Object>>> log(long seed) {
    var random = new Random(seed);
    var left = new ArrayList<List<ServiceEvent>>();
    for (int i = 0; i < 8; i++) {
      left.add(Happenings.random(seed * 100 + i, id(i), 30));
    }
    var next = new int[left.size()];
    var messages = new ArrayList<Message<Envelope<Object>>>();
    while (messages.size() < 8 * 30) {
      int one = random.nextInt(left.size());
      if (next[one] < 30) {
        var envelope = Happenings.envelope(left.get(one).get(next[one]), next[one]);
        messages.add(new Message<>(0, messages.size(), envelope));
        next[one]++;
      }
    }
    return messages;
  }

  static TreeMap<String, Document> content(MongoDatabase database) {
    var content = new TreeMap<String, Document>();
    for (var collection : List.of("services", "containers", "history")) {
      database
          .getCollection(ViewCollection.stored(collection))
          .find()
          .forEach(document -> content.put(collection + "/" + document.get("_id"), document));
    }
    return content;
  }

  @ParameterizedTest
  @MethodSource("databases")
  void storesTheSameHoweverOftenAndInWhateverBatchesTheLogIsRead(MongoDatabase database)
      throws EventsMissing {
    for (long seed = 1; seed <= 5; seed++) {
      var log = log(seed);
      database.drop();
      on(database).apply(log);
      var plain = content(database);
      assertThat(plain).hasSizeGreaterThan(8 * 30);

      database.drop();
      var random = new Random(seed);
      var projection = on(database);
      int done = 0;
      while (done < log.size()) {
        int to = Math.min(log.size(), done + 1 + random.nextInt(40));
        projection.apply(log.subList(random.nextInt(done + 1), to));
        projection = random.nextInt(3) == 0 ? on(database) : projection;
        done = to;
      }
      on(database).apply(log);
      assertThat(content(database)).isEqualTo(plain);
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void letsTwoInstancesApplyTheSameAtOnce(MongoDatabase database) throws Exception {
    var log = log(9);
    on(database).apply(log);
    var plain = content(database);
    database.drop();
    on(database);
    var threads = new ArrayList<Thread>();
    var failures = java.util.Collections.synchronizedList(new ArrayList<Throwable>());
    for (int i = 0; i < 3; i++) {
      threads.add(
          Thread.ofPlatform()
              .uncaughtExceptionHandler((_, failure) -> failures.add(failure))
              .start(() -> applyInBatches(on(database), log)));
    }
    for (var thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
    assertThat(content(database)).isEqualTo(plain);
  }

  static void applyInBatches(ServiceProjection projection, List<Message<Envelope<Object>>> log) {
    try {
      for (int from = 0; from < log.size(); from += 10) {
        projection.apply(log.subList(from, Math.min(log.size(), from + 10)));
      }
    } catch (EventsMissing missing) {
      throw new AssertionError(missing);
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void refusesToGoOnWhereEventsAreMissing(MongoDatabase database) throws EventsMissing {
    var events = Happenings.random(3, id(1), 10);
    var projection = on(database);
    projection.apply(List.of(new Message<>(0, 0, Happenings.envelope(events.getFirst(), 0))));
    assertThatThrownBy(
            () ->
                projection.apply(
                    List.of(new Message<>(0, 1, Happenings.envelope(events.get(2), 2)))))
        .isInstanceOf(EventsMissing.class);
    assertThat(
            database
                .getCollection(ViewCollection.stored("services"))
                .find()
                .first()
                .getLong("version"))
        .isZero();
  }
}
