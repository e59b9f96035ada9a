package dev.slipway.query;

import static dev.slipway.query.service.Happenings.NODE;
import static dev.slipway.query.service.Happenings.START;
import static dev.slipway.query.service.Happenings.record;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.model.action.ActionEvent.ActionEnded;
import dev.slipway.model.action.ActionEvent.ActionTaken;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.action.ActionRequest;
import dev.slipway.model.action.ActionState;
import dev.slipway.model.action.Origin;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.LogLine;
import dev.slipway.model.container.LogLine.Stream;
import dev.slipway.model.node.NodeEvent.NodeRegistered;
import dev.slipway.model.node.NodeEvent.NodeTerminated;
import dev.slipway.model.node.NodeEvent.NodeUnreachable;
import dev.slipway.model.node.NodeFacts;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.Topics;
import dev.slipway.model.wire.Wire;
import dev.slipway.query.service.Happenings;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The streams over HTTP and websockets, from records in a log to frames. */
class StreamApiTest {

  static final JsonMapper JSON = JsonMapper.shared();
  static QuerySide side;

  @BeforeAll
  static void start() {
    side = new QuerySide(_ -> {}, "--slipway.events.max-age=100000d");
  }

  @AfterAll
  static void stop() {
    side.close();
  }

  static ServiceId id() {
    return new ServiceId(UUID.randomUUID().toString());
  }

  static ServiceId running(String name) {
    var service = id();
    append(Happenings.running(service, name));
    await().until(() -> status("/api/app/v1/container/" + ContainerId.of(service, 2, 1)) == 200);
    return service;
  }

  static void append(List<ServiceEvent> events) {
    Happenings.records(events).forEach(side.log::append);
  }

  static int status(String path) throws Exception {
    return side.get(path).statusCode();
  }

  static void line(ServiceId service, int slot, long offset, long second, String text) {
    line(ContainerId.of(service, slot, 1), service, offset, second, text, slot);
  }

  static void line(
      ContainerId container, ServiceId service, long offset, long second, String text, int slot) {
    var line =
        new LogLine(
            service,
            container,
            "web-" + slot,
            slot == 2 ? Stream.STDERR : Stream.STDOUT,
            START.plusSeconds(second),
            offset,
            text);
    side.log.append(new ProducerRecord<>(Topics.LOGS.topic(), container.value(), Wire.write(line)));
  }

  static String logs(ServiceId service) {
    return "/api/app/v1/admin/service/" + service + "/logs/";
  }

  static List<String> strings(List<String> frames, String key) {
    return List.copyOf(frames).stream().map(f -> JSON.readTree(f).get(key).asString()).toList();
  }

  @Test
  void answersAWebsocketThatMayNotBeBeforeItIsOne() {
    var service = running("web");
    var none = "/api/app/v1/service/" + id() + "/logs/";
    for (var path :
        List.of(logs(service), "/api/audit/v1/events", "/api/audit/v1/action/" + id() + "/logs/")) {
      assertThat(side.refusal(path, "Basic bm9ib2R5Om5vdGhpbmc=")).as(path).isEqualTo(401);
      assertThat(side.refusal(path, "")).as(path).isEqualTo(401);
    }
    var key = QuerySide.AUTHORIZATION;
    assertThat(side.refusal(none, key)).isEqualTo(404);
    assertThat(side.refusal("/api/audit/v1/action/" + id() + "/logs/", key)).isEqualTo(404);
    assertThat(side.refusal("/api/audit/v1/stranger/events/", key)).isEqualTo(404);
    for (var bad :
        List.of("since=yesterday", "until=1x", "since=lx", "tail=-1", "tail=x", "follow=maybe")) {
      assertThat(side.refusal(logs(service) + "?" + bad, key)).as(bad).isEqualTo(400);
    }
    for (var bad : List.of("type=cloud", "object=web", "parents=a,b", "since=soon")) {
      assertThat(side.refusal("/api/audit/v1/events?" + bad, key)).as(bad).isEqualTo(400);
    }
    assertThat(side.refusal("/api/audit/v1/events?since=" + id(), key)).isEqualTo(410);
  }

  @Test
  void takesEveryFormOfAPathAndOfALogin() {
    var service = running("web");
    var login = "user=admin&token=key";
    for (var path :
        List.of(
            "/api/app/v1/service/%s/logs".formatted(service),
            "/api/app/v1/admin//service/%s//logs/".formatted(service),
            "/api/audit/v1/events",
            "/api/audit/v1/events/",
            "/api/audit/v1/admin/events/")) {
      assertThat(side.refusal(path, QuerySide.AUTHORIZATION)).as(path).isEqualTo(101);
    }
    for (var path :
        List.of(
            "/app/v1/service/%s/logs/?".formatted(service),
            "/audit/v1/events/?",
            "/audit/v1/admin/events?")) {
      assertThat(side.refusal(path + login, "")).as(path).isEqualTo(101);
      assertThat(side.refusal(path + "user=admin&token=wrong", "")).as(path).isEqualTo(401);
    }
  }

  @Test
  void answersPings() {
    var frames = side.open("/api/audit/v1/events");
    frames.ping("there?");
    await().until(() -> frames.pongs.contains("there?"));
    frames.close();
  }

  @Test
  void filtersLines() throws Exception {
    var service = running("web");
    for (int i = 0; i < 30; i++) {
      line(service, 1 + i % 2, i / 2, i, (i % 3 == 0 ? "a.c " : "abc ") + i);
    }
    var path = logs(service) + "?format=text&";
    await().until(() -> side.get(path).body().lines().count() == 30);
    assertThat(side.get(path + "grep=a.c&tail=2").body())
        .isEqualTo("web-1 | a.c 24\nweb-2 | a.c 27\n");
    assertThat(side.get(path + "since=2026-01-02T03:04:30Z&until=1767323072").body().lines())
        .containsExactly("web-2 | abc 25", "web-1 | abc 26", "web-2 | a.c 27");
    assertThat(side.get(path + "since=2026-01-02T04:04:33%2B01:00").body().lines()).hasSize(2);
    var frames = side.open(logs(service) + "?tail=2&follow=false");
    await().until(frames::isClosed);
    assertThat(frames.status).isEqualTo(1000);
    assertThat(frames.received)
        .containsExactly(
            "{\"type\":\"log\",\"source\":\"web-1\",\"log\":\"abc 28\\n"
                + "\",\"streamType\":\"stdout\",\"timestamp\":1767323073}",
            "{\"type\":\"log\",\"source\":\"web-2\",\"log\":\"abc 29\\n"
                + "\",\"streamType\":\"stderr\",\"timestamp\":1767323074}");
  }

  @Test
  void letsAContainerThatAppearsLaterJoin() {
    var service = running("web");
    var frames = side.open(logs(service) + "?tail=0");
    await().until(() -> streams("slipway.log.streams") > 0);
    line(service, 1, 0, 0, "old");
    line(service, 7, 0, 1, "new");
    await().until(() -> strings(frames.received, "log").containsAll(List.of("old\n", "new\n")));
    frames.close();
  }

  static double streams(String name) {
    return side.bean(io.micrometer.core.instrument.MeterRegistry.class).get(name).gauge().value();
  }

  @Test
  void goesOnWithLinesAfterEachOfTenBreaks() throws Exception {
    var service = running("web");
    var seen = new ArrayList<String>();
    var last = "";
    for (int round = 0; round < 10; round++) {
      for (int i = 0; i < 200; i++) {
        int number = round * 200 + i;
        line(service, 1 + i % 2, number / 2, number / 7, "line " + number);
      }
      try (var events =
          last.isEmpty()
              ? side.events(logs(service) + "?format=sse&tail=10000")
              : side.events(logs(service) + "?format=sse", "Last-Event-ID", last)) {
        int wanted = round == 9 ? 2_000 : round * 200 + 77;
        await().until(() -> seen.size() + events.data.size() >= wanted);
        int take = Math.min(events.data.size(), wanted - seen.size());
        if (take > 0) {
          seen.addAll(strings(events.data.subList(0, take), "log"));
          last = events.ids.get(take - 1);
        }
      }
    }
    assertThat(seen).hasSize(2_000);
    assertThat(new HashSet<>(seen)).hasSize(2_000);
  }

  @Test
  void goesOnWithFramesAfterEachOfTenBreaks() throws Exception {
    var service = running("web");
    var seen = new ArrayList<String>();
    var last = "";
    for (int round = 0; round < 10; round++) {
      for (int i = 0; i < 200; i++) {
        int number = round * 200 + i;
        line(service, 1 + i % 2, number / 2, number / 7, "line " + number);
      }
      var from = last.isEmpty() ? "tail=10000" : "since=" + URLEncoder.encode(last, UTF_8);
      try (var frames = side.open(logs(service) + "?positions=true&" + from)) {
        int wanted = round == 9 ? 2_000 : round * 200 + 77;
        await().until(() -> seen.size() + frames.received.size() >= wanted);
        int take = Math.min(frames.received.size(), wanted - seen.size());
        if (take > 0) {
          seen.addAll(strings(frames.received.subList(0, take), "log"));
          last = strings(frames.received, "position").get(take - 1);
        }
      }
    }
    assertThat(seen).hasSize(2_000).doesNotHaveDuplicates();
  }

  @Test
  void namesPositionsOfEventsToo() {
    try (var frames = side.open("/api/audit/v1/events?positions=true")) {
      await().until(() -> streams("slipway.event.streams") > 0);
      running("web");
      await().until(() -> !frames.received.isEmpty());
      assertThat(strings(frames.received, "position")).isEqualTo(strings(frames.received, "uuid"));
    }
  }

  static ActionRequest request(String name, String object) {
    return new ActionRequest(
        Happenings.NAMESPACE,
        name,
        object,
        "POST",
        object + "start/",
        "{}",
        new Origin("admin", "127.0.0.1", "curl", null));
  }

  static void action(ActionId id, Object event, long sequence) {
    side.log.append(
        record(Topics.ACTION_EVENTS, id.value(), event, sequence, START.plusSeconds(sequence)));
  }

  static List<JsonNode> of(List<String> frames, String uri) {
    return List.copyOf(frames).stream()
        .map(JSON::readTree)
        .filter(
            event ->
                event.get("resource_uri").asString().equals(uri)
                    || event.get("parents").valueStream().anyMatch(p -> p.asString().equals(uri)))
        .toList();
  }

  @Test
  void tellsOfEachChangeOfEachThing() {
    var frames = side.open("/api/audit/v1/events");
    await().until(() -> streams("slipway.event.streams") > 0);
    var service = id();
    var uri = "/api/app/v1/admin/service/" + service + "/";
    append(Happenings.running(service, "web"));
    var patch = new ActionId(UUID.randomUUID().toString());
    action(
        patch,
        new ActionTaken(patch, request("Service Update", uri), ActionState.SUCCESS, null),
        0);
    Happenings.records(Happenings.terminated(service), 9).forEach(side.log::append);
    await().untilAsserted(() -> assertThat(of(frames.received, uri)).hasSize(15));
    var all = of(frames.received, uri);
    assertThat(all.stream().filter(e -> e.get("type").asString().equals("service")))
        .extracting(e -> e.get("action").asString() + " " + e.get("state").asString())
        .containsExactly(
            "create Not running",
            "update Starting",
            "update Running",
            "update Terminating",
            "update Not running",
            "delete Terminated");
    var first = "/api/app/v1/admin/container/" + ContainerId.of(service, 1, 1) + "/";
    assertThat(all.stream().filter(e -> e.get("resource_uri").asString().equals(first)))
        .extracting(e -> e.get("action").asString() + " " + e.get("state").asString())
        .containsExactly(
            "create Starting", "update Starting", "update Running", "delete Terminated");
    assertThat(of(all.stream().map(JsonNode::toString).toList(), first).getFirst().get("parents"))
        .hasToString("[\"%s\",\"/api/infra/v1/admin/node/%s/\"]".formatted(uri, NODE));
    var ofAction =
        all.stream().filter(e -> e.get("type").asString().equals("action")).toList().getFirst();
    assertThat(ofAction.get("state").asString()).isEqualTo("Success");
    assertThat(ofAction.get("parents").toString()).isEqualTo("[\"" + uri + "\"]");
    assertThat(ofAction.propertyNames())
        .containsExactly("type", "action", "parents", "resource_uri", "state", "uuid", "datetime");
    assertThat(ofAction.get("datetime").asString()).isEqualTo("2026-01-02T03:04:05Z");
    frames.close();
  }

  @Test
  void tellsOfNodes() {
    var node = new NodeId(UUID.randomUUID().toString());
    var frames = side.open("/api/audit/v1/events?type=node&object=" + node);
    await().until(() -> streams("slipway.event.streams") > 0);
    var facts =
        new NodeFacts("n", List.of(), "127.0.0.1", "20", new NodeFacts.Capacity(1, 1, 1), false);
    node(node, new NodeRegistered(node, Happenings.NAMESPACE, facts), 0);
    node(node, new NodeUnreachable(node), 1);
    node(node, new NodeTerminated(node), 2);
    await().until(() -> frames.received.size() == 3);
    assertThat(strings(frames.received, "state"))
        .containsExactly("Deployed", "Unreachable", "Terminated");
    assertThat(strings(frames.received, "action")).containsExactly("create", "update", "delete");
    frames.close();
  }

  static void node(NodeId node, Object event, long sequence) {
    side.log.append(record(Topics.NODE_EVENTS, node.value(), event, sequence, START));
  }

  @Test
  void leavesOutEventsThatAreNotAskedFor() {
    var service = id();
    var uri = "/api/app/v1/admin/service/" + service + "/";
    var mine = side.open("/api/audit/v1/events/?type=container,action&parents=" + uri);
    var alias = side.open("/api/audit/v1/events/?parent=" + service + "," + id());
    var services = side.open("/api/audit/v1/events?type=service&object=" + service);
    await().until(() -> streams("slipway.event.streams") >= 3);
    running("other");
    append(Happenings.running(service, "web"));
    await().until(() -> services.received.size() == 3 && mine.received.size() == 6);
    assertThat(new HashSet<>(strings(mine.received, "type"))).containsExactly("container");
    assertThat(alias.received).isEqualTo(mine.received);
    List.of(mine, alias, services).forEach(QuerySide.Frames::close);
  }

  @Test
  void goesOnWithEventsFromAnyOfThemAndFromAMoment() throws Exception {
    var events = side.events("/api/audit/v1/events?format=sse");
    await().until(() -> streams("slipway.event.streams") > 0);
    var one = running("one");
    var two = running("two");
    await()
        .until(
            () ->
                of(events.data, "/api/app/v1/admin/service/" + one + "/").size() == 9
                    && of(events.data, "/api/app/v1/admin/service/" + two + "/").size() == 9);
    var all = List.copyOf(events.data);
    events.close();
    assertThat(strings(all, "uuid")).isEqualTo(events.ids.subList(0, all.size()));
    for (int i = 0; i < all.size() - 1; i += 4) {
      var rest = all.subList(i + 1, all.size());
      try (var again =
              side.events("/api/audit/v1/events?format=sse", "Last-Event-ID", events.ids.get(i));
          var socket = side.open("/api/audit/v1/events?since=" + events.ids.get(i))) {
        await()
            .until(() -> again.data.size() >= rest.size() && socket.received.size() >= rest.size());
        assertThat(again.data.subList(0, rest.size())).isEqualTo(rest);
        assertThat(socket.received.subList(0, rest.size())).isEqualTo(rest);
      }
    }
    try (var socket =
        side.open(
            "/api/audit/v1/events?type=service&object=" + one + "&since=2026-01-02T03:04:06Z")) {
      await().until(() -> socket.received.size() == 2);
      assertThat(strings(socket.received, "state")).containsExactly("Starting", "Running");
    }
  }

  @Test
  void saysWhatHappenedInAnActionUntilItHasEnded() throws Exception {
    var service = id();
    var uri = "/api/app/v1/admin/service/" + service + "/";
    var start = new ActionId(new UUID(7, 7).toString());
    var events = Happenings.running(service, "web");
    action(
        start,
        new ActionTaken(start, request("Service Start", uri), ActionState.IN_PROGRESS, null),
        0);
    append(events.subList(0, 1));
    side.log.append(
        record(
            Topics.SERVICE_EVENTS,
            service.value(),
            events.get(1),
            1,
            START.plusSeconds(1),
            Map.of("action", start.value())));
    var path = "/api/audit/v1/action/" + start + "/logs/";
    await().until(() -> status(path + "?format=text") == 200);
    var followed = side.open(path);
    assertThat(side.refusal("/audit/v1/action/" + start + "/logs/?user=admin&token=key", ""))
        .isEqualTo(101);
    await().until(() -> !followed.received.isEmpty());
    assertThat(followed.isClosed()).isFalse();
    for (int i = 2; i < events.size(); i++) {
      side.log.append(record(events.get(i), i));
    }
    action(start, new ActionEnded(start, ActionState.SUCCESS, null), 1);
    await().atMost(Duration.ofSeconds(20)).until(followed::isClosed);
    assertThat(followed.status).isEqualTo(1000);
    assertThat(strings(followed.received, "type")).containsOnly("log");
    var text = strings(followed.received, "log");
    assertThat(text)
        .containsExactly(
            "Service Start, asked for by admin",
            "The start begins; it ends at 2026-01-02T03:14:05Z, come what may",
            "web-1 gets its place on node " + NODE,
            "web-2 gets its place on node " + NODE,
            "web-1 is made",
            "web-2 is made",
            "web-1 runs with port 80 on 8080",
            "web-2 runs",
            "The operation is done",
            "Success");
    assertThat(side.get(path + "?format=text").body().lines()).hasSize(10);
    var some = path + "?follow=false&positions=true&";
    assertThat(logsOf(some + "tail=2")).containsExactly("The operation is done", "Success");
    assertThat(logsOf(some + "grep=web-1+runs")).containsExactly("web-1 runs with port 80 on 8080");
    assertThat(logsOf(some + "since=2026-01-02T03:04:12Z"))
        .containsExactly("web-2 runs", "The operation is done");
    assertThat(logsOf(some + "until=2026-01-02T03:04:05Z")).hasSize(1);
    assertThat(logsOf(some + "since=7")).containsExactly("The operation is done", "Success");
  }

  static List<String> logsOf(String path) {
    var frames = side.open(path);
    await().until(frames::isClosed);
    return strings(frames.received, "log");
  }

  @Test
  void keepsLinesThroughARedeployAndBeyondTheService() throws Exception {
    var service = running("web");
    line(service, 1, 0, 0, "first");
    line(ContainerId.of(service, 1, 2), service, 0, 1, "second", 1);
    Happenings.records(Happenings.terminated(service), 9).forEach(side.log::append);
    await()
        .until(() -> side.get("/api/app/v1/service/" + service).body().contains("\"Terminated\""));
    var all = logs(service) + "?follow=false";
    await().until(() -> logsOf(all).size() == 2);
    assertThat(logsOf(all)).containsExactly("first\n", "second\n");
    var frames =
        side.open(
            "/api/app/v1/container/%s/logs/?follow=false".formatted(ContainerId.of(service, 1, 1)));
    await().until(frames::isClosed);
    assertThat(frames.received)
        .containsExactly(
            "{\"type\":\"log\",\"log\":\"first\\n"
                + "\",\"streamType\":\"stdout\",\"timestamp\":1767323045}");
  }
}
