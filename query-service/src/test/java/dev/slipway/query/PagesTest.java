package dev.slipway.query;

import static dev.slipway.query.service.Happenings.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.Topics;
import dev.slipway.query.projection.FakeLog;
import dev.slipway.query.service.Happenings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Fault 17: pages of a list while rows of it vanish. Faults 2 and 33: filters of any length. */
class PagesTest {

  private static final int SERVICES = 30;
  private static final String LIST = "/api/app/v1/service/";

  private static ServiceId id(int number) {
    return new ServiceId("7f0c7d7e-0000-4000-8000-%012d".formatted(number));
  }

  private static List<String> names(JsonNode page) {
    return page.get("objects").valueStream().map(one -> one.get("name").asString()).toList();
  }

  private static FakeLog log() {
    var log = new FakeLog();
    for (int i = 0; i < SERVICES; i++) {
      records(Happenings.running(id(i), "s" + i)).forEach(log::append);
    }
    return log;
  }

  @Test
  void nextLinksLoseNoRowAndRepeatNoneWhileRowsAreDeleted() throws Exception {
    var log = log();
    try (var server = new QueryServer(log, "--slipway.terminated-shown=0s")) {
      var page = server.json(LIST + "?limit=10");
      var seen = new ArrayList<>(names(page));
      var living = IntStream.range(0, SERVICES).mapToObj(i -> "s" + i).toList();
      assertThat(seen).isEqualTo(living.subList(0, 10));
      for (int i = 0; i < 9; i++) {
        records(Happenings.terminated(id(i)), 9).forEach(log::append);
      }
      await().until(() -> total(server) == SERVICES - 9);
      while (!page.get("meta").get("next").isNull()) {
        page = server.json(page.get("meta").get("next").asString());
        seen.addAll(names(page));
      }
      assertThat(seen).isEqualTo(living);
      assertThat(names(server.json(LIST + "?limit=10&offset=10")))
          .as("offsets count what is there now")
          .isEqualTo(living.subList(19, 29));
    }
  }

  /** Decision 6 of the contract: an hour, unless the settings say otherwise. */
  @Test
  void listsShowWhatIsTerminatedForAnHour() throws Exception {
    var log = new FakeLog();
    var now = Instant.now();
    ended("recent", 1, now.minus(Duration.ofMinutes(58))).forEach(log::append);
    ended("old", 2, now.minus(Duration.ofMinutes(61))).forEach(log::append);
    try (var server = new QueryServer(log)) {
      await().until(() -> server.get(one(1)).statusCode() == 200);
      await().until(() -> server.get(one(2)).statusCode() == 200);
      assertThat(names(server.json(LIST))).containsExactly("recent");
      assertThat(server.json("/api/app/v1/container/").path("objects").findValuesAsString("name"))
          .containsOnly("recent-1", "recent-2");
    }
  }

  /** Fault 25: hundreds of terminated services hide what lives from old clients. */
  @Test
  void listsShowTheLatestTerminatedServicesOfANamespaceOnly() throws Exception {
    var log = new FakeLog();
    var now = Instant.now();
    records(Happenings.running(id(1_000), "lives")).forEach(log::append);
    for (int i = 0; i < 60; i++) {
      ended("gone-" + i, i, now.minusSeconds(600 - i)).forEach(log::append);
    }
    try (var server = new QueryServer(log)) {
      await().until(() -> server.get(one(59)).statusCode() == 200);
      var names = new ArrayList<String>();
      for (var next = LIST; next != null; ) {
        var page = server.json(next);
        names.addAll(names(page));
        next = page.path("meta").path("next").asString(null);
      }
      assertThat(names).hasSize(26).contains("lives", "gone-35", "gone-59");
      assertThat(names(server.json(LIST + "?name=gone-3"))).isEmpty();
      assertThat(server.get(one(3)).statusCode()).isEqualTo(200);
    }
  }

  private static String one(int number) {
    return LIST + id(number) + "/";
  }

  /** A service that runs, and is terminated at that moment. */
  private static List<ProducerRecord<String, byte[]>> ended(String name, int number, Instant at) {
    var events = new ArrayList<>(Happenings.running(id(number), name));
    events.addAll(Happenings.terminated(id(number)));
    return IntStream.range(0, events.size())
        .mapToObj(
            i -> Happenings.record(Topics.SERVICE_EVENTS, id(number).value(), events.get(i), i, at))
        .toList();
  }

  private static int total(QueryServer server) throws Exception {
    return server.json(LIST + "?limit=1").get("meta").get("total_count").asInt();
  }

  @Test
  void filtersOfAnyLengthAreAnsweredAtOnce() throws Exception {
    var lists =
        List.of(
            "app/v1/service/?name=",
            "app/v1/service/?uuid__startswith=",
            "app/v1/service/?stack=",
            "app/v1/service/?state=",
            "app/v1/service/?cursor=",
            "app/v1/container/?service=",
            "infra/v1/node/?uuid__startswith=",
            "audit/v1/action/?start_date__gte=",
            "audit/v1/action/?object=");
    try (var server = new QueryServer(new FakeLog())) {
      for (var piece : List.of("/", "a", ".", "%20", "-", "0-", "%2C", "%5C")) {
        for (var list : lists) {
          var path = "/api/" + list + piece.repeat(6_000 / piece.length());
          long before = System.nanoTime();
          assertThat(server.get(path).statusCode()).as(path).isIn(200, 400);
          assertThat((System.nanoTime() - before) / 1e9).as(path).isLessThan(10);
        }
      }
      var tooLong = "/api/" + lists.getFirst() + "a".repeat(1_000_000);
      assertThat(server.get(tooLong).statusCode()).isIn(400, 414, 431);
    }
  }
}
