package dev.slipway.query;

import static dev.slipway.query.service.Happenings.START;
import static dev.slipway.query.service.Happenings.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.model.container.ContainerId;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ContainerExited;
import dev.slipway.model.service.ServiceEvent.ServiceUpdated;
import dev.slipway.model.service.ServiceId;
import dev.slipway.query.projection.FakeLog;
import dev.slipway.query.service.Happenings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Selections of what has happened to a service, and comparisons of its states, over HTTP. */
class HistoryApiTest {

  static final FakeLog LOG = new FakeLog();
  static final ServiceId WEB = new ServiceId("3f0c7d7e-0000-4000-8000-000000000001");
  static final ServiceId LONG = new ServiceId("3f0c7d7e-0000-4000-8000-000000000002");
  static final String HISTORY = "/api/app/v1/service/" + WEB + "/history/";
  static final int KEPT = 20;
  static QueryServer server;

  @BeforeAll
  static void start() {
    records(events()).forEach(LOG::append);
    var many = new ArrayList<>(Happenings.running(LONG, "long"));
    for (int number = 0; number < 2 * KEPT; number++) {
      many.add(update(LONG, Map.of("nickname", "number " + number)));
    }
    records(many).forEach(LOG::append);
    server = new QueryServer(LOG, "--slipway.history.max-events=" + KEPT);
  }

  /** Versions 0 to 8 run it; then come changes with an exit between them. */
  static List<ServiceEvent> events() {
    var events = new ArrayList<>(Happenings.running(WEB, "web"));
    events.add(update(WEB, Map.of("image", "demo/hello:2")));
    events.add(new ContainerExited(WEB, ContainerId.of(WEB, 1, 1), 3, false, null, null, null));
    var variable = Map.of("key", "DB_PASS", "value", "other");
    events.add(
        update(WEB, Map.of("image", "demo/hello:3", "container_envvars", List.of(variable))));
    return events;
  }

  static ServiceEvent update(ServiceId id, Map<String, Object> changes) {
    return new ServiceUpdated(id, ServiceDefinition.read(changes));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "'', '0 1 2 3 4 5 6 7 8 9 10 11'",
    "order=asc, '0 1 2 3 4 5 6 7 8 9 10 11'",
    "order=desc&limit=3, '11 10 9'",
    "order=desc&before=9&limit=2, '8 7'",
    "after=9, '10 11'",
    "after=2&before=5, '3 4'",
    "type=ServiceUpdated, '9 11'",
    "'type=ServiceUpdated,OperationEnded&order=desc', '11 9 8'",
    "since=2026-01-02T03:04:14Z, '9 10 11'",
    "until=2026-01-02T03:04:06Z, '0 1'",
    "'since=Fri,+02+Jan+2026+03:04:15+%2B0000&type=ServiceUpdated', '11'",
    "type=ServiceTerminated, ''",
  })
  void listsTheEventsThatWereAskedFor(String filters, String versions) throws Exception {
    var list = server.json(HISTORY + "?" + filters).get("objects");
    assertThat(list.valueStream().map(one -> one.get("version").asString()))
        .containsExactly(versions.isEmpty() ? new String[0] : versions.split(" ", -1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"order=desc", "type=ServiceUpdated", "after=9&order=desc", "type=ContainerExited"})
  void hasTheSameEntriesInEveryOrderAndSelection(String filters) throws Exception {
    var all = new HashMap<Integer, JsonNode>();
    server.json(HISTORY).get("objects").forEach(one -> all.put(one.get("version").asInt(), one));
    var path = HISTORY + "?limit=2&" + filters;
    int seen = 0;
    while (path != null) {
      var page = server.json(path);
      for (var entry : page.get("objects")) {
        seen++;
        assertThat(entry).isEqualTo(all.get(entry.get("version").asInt()));
      }
      var next = page.get("meta").get("next");
      path = next.isNull() ? null : next.asString();
    }
    assertThat(seen).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "history/?order=up, order must be asc or desc",
    "history/?before=x, before must be a version",
    "history/?after=-1, after must be a version",
    "history/?type=Updated, type must be types of events",
    "history/?type=NodeRegistered, type must be types of events",
    "history/?since=soon, since must be a date",
    "diff/, from must be given",
    "diff/?from=x, from must be a date",
    "diff/?from=0&to=99, to must be a version up to 11",
    "diff/?from=0&from=1, from must be given once",
  })
  void refusesWhatIsNoSelection(String path, String error) throws Exception {
    var answer = server.get("/api/app/v1/service/" + WEB + "/" + path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).startsWith("{\"error\":\"" + error);
  }

  @Test
  void comparesTwoStatesWithoutSecrets() throws Exception {
    var diff = server.json("/api/app/v1/service/" + WEB + "/diff/?from=0");
    assertThat(diff.get("from").get("version").asInt()).isZero();
    assertThat(diff.get("from").get("datetime").asString())
        .isEqualTo("Fri, 02 Jan 2026 03:04:05 +0000");
    assertThat(diff.get("to").get("version").asInt()).isEqualTo(11);
    var changes = new HashMap<String, JsonNode>();
    diff.get("changes").forEach(one -> changes.put(one.get("attribute").asString(), one));
    assertThat(changes).containsOnlyKeys("image", "container_envvars", "state");
    assertThat(changes.get("image").get("from").asString()).isEqualTo("demo/hello:latest");
    assertThat(changes.get("image").get("to").asString()).isEqualTo("demo/hello:3");
    assertThat(changes.get("state").get("to").asString()).isEqualTo("Partly running");
    assertThat(changes.get("container_envvars").get("to").toString()).contains("\"changed\":true");
    assertThat(diff.toString()).doesNotContain("s3cret", "other");
  }

  @Test
  void comparesMomentsInEitherDirectionAndFindsNothingBetweenEqualStates() throws Exception {
    var path = "/api/app/v1/service/" + WEB + "/diff/?from=2026-01-02T03:04:14Z&to=8";
    assertThat(server.json(path).get("changes").toString())
        .isEqualTo(
            "[{\"attribute\":\"image\",\"from\":\"demo/hello:2\",\"to\":\"demo/hello:latest\"}]");
    assertThat(server.json("/api/app/v1/service/" + WEB + "/diff/?from=9&to=9").get("changes"))
        .isEmpty();
  }

  @Test
  void namesTheOldestStateThatIsKept() throws Exception {
    var service = "/api/app/v1/service/" + LONG + "/";
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> server.json(service + "history/").get("meta").get("total_count").asInt() == KEPT);
    var oldest = 9 + 2 * KEPT - KEPT - 1;
    for (var path : List.of("?at=3", "?at=" + START, "diff/?from=3", "diff/?from=40&to=3")) {
      var answer = server.get(service + path);
      assertThat(answer.statusCode()).as(path).isEqualTo(410);
      assertThat(answer.body())
          .contains("\"oldest_version\":" + oldest, "\"oldest_datetime\":\"Fri, 02 Jan 2026");
    }
    assertThat(server.get(service + "?at=" + oldest).statusCode()).isEqualTo(200);
    assertThat(server.get(service + "?at=2025-01-01").statusCode()).isEqualTo(404);
    assertThat(server.json(service + "diff/?from=" + oldest).get("from").get("datetime").isNull())
        .isFalse();
  }
}
