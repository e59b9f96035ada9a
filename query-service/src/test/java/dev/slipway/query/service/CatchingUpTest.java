package dev.slipway.query.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoDatabase;
import dev.slipway.query.QuerySide;
import dev.slipway.query.projection.FakeLog;
import dev.slipway.query.projection.Stores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** A read model that is made from a long log, and one that was there while the log was written. */
class CatchingUpTest {

  static final int SERVICES = 60;
  static final int EVENTS_OF_EACH = 40;

  final FakeLog log = new FakeLog();

  @Test
  void makesTheSameViewsAsWhatWasReadAsItHappened() {
    var random = new Random(4);
    var records = mixed(random);
    try (var live = new QuerySide(log, Stores.freshUri(), _ -> {})) {
      while (!records.isEmpty()) {
        int count = Math.min(records.size(), 1 + random.nextInt(100));
        records.subList(0, count).forEach(log::append);
        records.subList(0, count).clear();
      }
      var seen = whenWhole(live);
      for (int pollSize : List.of(1, 63, 150, 1_000)) {
        log.pollSize(pollSize);
        try (var late = new QuerySide(log, Stores.freshUri(), _ -> {})) {
          assertThat(content(late)).isEqualTo(seen);
        }
      }
    }
  }

  /** The events of all services in an order that they may have happened in. */
  static List<ProducerRecord<String, byte[]>> mixed(Random random) {
    var left = new ArrayList<List<ProducerRecord<String, byte[]>>>();
    for (int i = 0; i < SERVICES; i++) {
      var events = Happenings.random(i, ServiceProjectionTest.id(i), EVENTS_OF_EACH);
      left.add(new ArrayList<>(Happenings.records(events)));
    }
    var mixed = new ArrayList<ProducerRecord<String, byte[]>>();
    while (!left.isEmpty()) {
      var one = left.get(random.nextInt(left.size()));
      mixed.add(one.removeFirst());
      left.removeIf(List::isEmpty);
    }
    return mixed;
  }

  static TreeMap<String, Document> whenWhole(QuerySide side) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                content(side).entrySet().stream()
                        .filter(each -> each.getKey().startsWith("services/"))
                        .filter(each -> each.getValue().getLong("version") == EVENTS_OF_EACH - 1)
                        .count()
                    == SERVICES);
    return content(side);
  }

  static TreeMap<String, Document> content(QuerySide side) {
    return ServiceProjectionTest.content(side.bean(MongoDatabase.class));
  }
}
