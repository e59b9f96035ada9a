package dev.slipway.command.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.command.CommandServiceConfiguration;
import dev.slipway.command.ledger.ClusterView;
import dev.slipway.command.messaging.Commands;
import dev.slipway.command.node.NodeCommand.HearNode;
import dev.slipway.command.scheduling.Candidate;
import dev.slipway.model.Namespace;
import dev.slipway.model.api.ReadModel;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.ContainerReport.Removed;
import dev.slipway.model.container.ContainerReport.Running;
import dev.slipway.model.container.SlotGeneration;
import dev.slipway.model.node.AgentState;
import dev.slipway.model.node.Heartbeat;
import dev.slipway.model.node.NodeFacts;
import dev.slipway.model.node.NodeFacts.Capacity;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceCommand.ReportContainers;
import dev.slipway.model.service.ServiceId;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Nodes over HTTP, on a real PostgreSQL; the test says what agents would. */
class NodesOverHttpTest {

  private static final String NODES = "/api/infra/v1/node/";
  private static EmbeddedPostgres postgres;
  private static ConfigurableApplicationContext context;
  private static String base;

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(CommandServiceConfiguration.class)
  static class WithoutReaders {
    @Bean
    ReadModel readModel() {
      return (_, _) -> true;
    }
  }

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.builder().start();
    context = commandService();
    base = "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
  }

  private static ConfigurableApplicationContext commandService() {
    return new SpringApplicationBuilder(WithoutReaders.class)
        .properties("spring.config.name=command-service")
        .run(
            "--slipway.port=0",
            "--slipway.user=admin",
            "--slipway.apikey=key",
            "--slipway.query=false",
            "--slipway.kafka=127.0.0.1:1",
            "--slipway.publishing-patience=1h",
            "--slipway.node-timeout=1h",
            "--slipway.postgres=" + postgres.getJdbcUrl("postgres", "postgres"));
  }

  @AfterAll
  static void stop() throws Exception {
    context.close();
    postgres.close();
  }

  private static HttpResponse<String> send(
      String method, String path, String body, String... headers) throws Exception {
    var login = Base64.getEncoder().encodeToString("admin:key".getBytes(StandardCharsets.UTF_8));
    var request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Authorization", "Basic " + login)
            .method(method, BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request.build(), BodyHandlers.ofString());
    }
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  /** A node that only services with its tag come to. */
  private static NodeId node(String tag) {
    var id = new NodeId(UUID.randomUUID().toString());
    var facts =
        new NodeFacts("host", List.of(tag), "10.0.0.1", "28.1", new Capacity(2, 4, 8), false);
    commands().send(new HearNode(id, new Namespace("admin"), facts), id, "test");
    return id;
  }

  private static Commands commands() {
    return context.getBean(Commands.class);
  }

  private static String started(String tag) throws Exception {
    return started(tag, "");
  }

  private static String started(String tag, String more) throws Exception {
    var body = "{\"image\":\"demo/hello\",\"tags\":[\"%s\"]%s}".formatted(tag, more);
    var service = json(send("POST", "/api/app/v1/service/", body)).path("uuid").asString();
    send("POST", "/api/app/v1/service/" + service + "/start/", "");
    return service;
  }

  private static List<Map<String, Object>> placements(String service) {
    return context
        .getBean(JdbcTemplate.class)
        .queryForList(
            "SELECT container, node FROM placements WHERE service = ? ORDER BY container", service);
  }

  private static void runs(String service, NodeId node) {
    for (var placed : placements(service)) {
      if (placed.get("node").equals(node.value())) {
        var id = new ContainerId((String) placed.get("container"));
        report(
            service,
            new Running(
                new ServiceId(service),
                id,
                node,
                Instant.now(),
                1,
                "e" + id,
                null,
                List.of(),
                null));
      }
    }
  }

  private static void report(String service, dev.slipway.model.container.ContainerReport report) {
    var id = new ServiceId(service);
    commands().send(new ReportContainers(id, List.of(report)), id, "test");
  }

  private static List<String> actionEvents(HttpResponse<String> answer) {
    var action = answer.headers().firstValue("X-DockerCloud-Action-URI").orElseThrow();
    return context
        .getBean(JdbcTemplate.class)
        .queryForList(
            "SELECT payload FROM events WHERE aggregate_identifier = ? ORDER BY sequence_number",
            String.class,
            action.split("/")[5]);
  }

  @Test
  void removesAContainerThatTheAgentReportsAsUnowned() throws Exception {
    var node = node("unowned");
    var old = new ContainerId(UUID.randomUUID().toString());
    var path = NODES + node + "/unowned/" + old + "/remove/";
    assertThat(send("POST", path, "").statusCode()).isEqualTo(404);
    var facts = new NodeFacts("host", List.of(), "10.0.0.1", "28.1", new Capacity(2, 4, 8), false);
    var unowned = new AgentState.Unowned(old, "old-1", "no list names it");
    context
        .getBean(Heartbeats.class)
        .heard(
            new Heartbeat(
                node,
                Instant.now(),
                facts,
                null,
                new AgentState(null, null, null, List.of(unowned))));
    var answer = send("POST", path, "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    assertThat(answer.headers().firstValue("X-DockerCloud-Action-URI")).isPresent();
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var rows =
            connection
                .createStatement()
                .executeQuery(
                    "SELECT payload FROM events WHERE payload_type = 'UnownedRemovalRequested'")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).contains(old.value(), node.value());
    }
    assertThat(send("POST", NODES + node + "/unowned/no-uuid/remove/", "").statusCode())
        .isEqualTo(404);
  }

  private static void reports(NodeId node, AgentState.Unowned unowned) {
    var facts = new NodeFacts("host", List.of(), "10.0.0.1", "28.1", new Capacity(2, 4, 8), false);
    var state = new AgentState(null, null, null, List.of(unowned));
    context.getBean(Heartbeats.class).heard(new Heartbeat(node, Instant.now(), facts, null, state));
  }

  private static AgentState.Unowned unowned(ServiceId service, int slot) {
    return new AgentState.Unowned(
        ContainerId.of(service, slot, 1),
        "web-" + slot,
        "it is of a lost past",
        service,
        new SlotGeneration(slot, 1, null),
        null);
  }

  @Test
  void givesAnUnownedContainerToItsService() throws Exception {
    var node = node("adopting");
    var body = "{\"image\":\"demo/hello\",\"tags\":[\"adopting\"]}";
    var service = json(send("POST", "/api/app/v1/service/", body)).path("uuid").asString();
    var unowned = unowned(new ServiceId(service), 2);
    var path = NODES + node + "/unowned/" + unowned.container() + "/adopt/";
    assertThat(send("POST", path, "").statusCode()).isEqualTo(404);
    reports(node, unowned);
    assertThat(json(send("POST", path + "?dry_run=true", "")).path("summary").asString())
        .isEqualTo("add 1");
    assertThat(placements(service)).isEmpty();
    var answer = send("POST", path, "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    assertThat(json(answer).path("containers").toString()).contains(unowned.container().value());
    assertThat(actionEvents(answer).getFirst()).contains("Unowned Container Adopt", "SUCCESS");
    assertThat(placements(service))
        .containsExactly(Map.of("container", unowned.container().value(), "node", node.value()));
    runs(service, node);
    assertThat(send("POST", path, "").body()).contains("the service has it already");
  }

  @Test
  void refusesToAdoptWhatNoServiceOfTheLogCanTake() throws Exception {
    var node = node("lost");
    var lost = unowned(new ServiceId(UUID.randomUUID().toString()), 1);
    reports(node, lost);
    var answer = send("POST", NODES + node + "/unowned/" + lost.container() + "/adopt/", "");
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(json(answer).path("error").asString())
        .startsWith("container web-1 cannot be adopted: its service " + lost.service())
        .endsWith("create the service anew and remove the container");
    var old = new AgentState.Unowned(lost.container(), "old-1", "no list names it");
    reports(node, old);
    answer = send("POST", NODES + node + "/unowned/" + lost.container() + "/adopt/", "");
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("does not report the service and slot", "old-1");
    var other = NODES + UUID.randomUUID() + "/unowned/" + lost.container() + "/adopt/";
    assertThat(send("POST", other, "").statusCode()).isEqualTo(404);
  }

  @Test
  void namesAndTagsANode() throws Exception {
    var id = node("naming");
    var answer =
        send(
            "PATCH",
            NODES + id + "/",
            "{\"nickname\":\"left\",\"tags\":[{\"name\":\"prod\"},\"naming\"]}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(json(answer).path("nickname").asString()).isEqualTo("left");
    assertThat(json(answer).path("tags").toString())
        .isEqualTo(
            "[{\"name\":\"naming\",\"origin\":\"tutum\"},{\"name\":\"prod\",\"origin\":\"user\"}]");
    assertThat(actionEvents(answer)).singleElement().asString().contains("Node Update", "SUCCESS");
    var service = started("prod");
    assertThat(placements(service)).hasSize(1);
  }

  @Test
  void changesANodeOnlyAtTheVersionThatTheClientHasSeen() throws Exception {
    var path = NODES + node("versions") + "/";
    var named = send("PATCH", path, "{\"nickname\":\"a\"}");
    var seen = named.headers().firstValue("ETag").orElseThrow();
    assertThat(send("PATCH", path, "{\"nickname\":\"b\"}", "If-Match", seen).statusCode())
        .isEqualTo(200);
    var late = send("PATCH", path, "{\"nickname\":\"c\"}", "If-Match", seen);
    assertThat(late.statusCode()).isEqualTo(412);
    assertThat(json(late).path("error").asString()).contains("is at version 2, not 1");
    assertThat(actionEvents(late)).singleElement().asString().contains("not 1");
    for (var verb : List.of("drain/", "drain/?dry_run=true", "undrain/", "health-check/")) {
      assertThat(send("POST", path + verb, "", "If-Match", seen).statusCode())
          .as(verb)
          .isEqualTo(412);
    }
    assertThat(send("DELETE", path, "", "If-Match", seen).statusCode()).isEqualTo(412);
    var dry = send("POST", path + "drain/?dry_run=true", "");
    var planned = dry.headers().firstValue("ETag").orElseThrow();
    assertThat(send("POST", path + "drain/", "", "If-Match", planned).statusCode()).isEqualTo(202);
    assertThat(send("DELETE", path, "", "If-Match", "*").statusCode()).isEqualTo(202);
  }

  @Test
  void namesAttributesOfANodeThatHaveNoEffect() throws Exception {
    var path = NODES + node("unknown") + "/";
    var answer = send("PATCH", path, "{\"nickname\":\"a\",\"tag\":[],\"cpu\":1}");
    assertThat(answer.headers().allValues("Slipway-Warning"))
        .containsExactly("unknown attribute tag (did you mean tags?)");
    assertThat(actionEvents(answer)).asString().contains("did you mean tags?");
    var whole = send("PATCH", path, answer.body());
    assertThat(whole.headers().allValues("Slipway-Warning"))
        .as("what an answer has is no mistake")
        .isEmpty();
    assertThat(send("PATCH", path + "?strict=true", "{\"tag\":[]}").statusCode()).isEqualTo(400);
  }

  @Test
  void refusesWhatIsWrong() throws Exception {
    var id = node("wrong");
    assertThat(send("PATCH", NODES + id + "/", "{\"tags\":7}").statusCode()).isEqualTo(400);
    assertThat(send("PATCH", NODES + id + "/", "{\"nickname\":{}}").statusCode()).isEqualTo(400);
    assertThat(send("DELETE", NODES + id + "/?force=maybe", "").statusCode()).isEqualTo(400);
    for (var path : List.of("health-check/", "docker-upgrade/")) {
      var dry = send("POST", NODES + id + "/" + path + "?dry_run=true", "");
      assertThat(dry.statusCode()).as(dry.body()).isEqualTo(400);
    }
    assertThat(send("PATCH", NODES + UUID.randomUUID() + "/", "{}").statusCode()).isEqualTo(404);
    assertThat(send("PATCH", NODES + "nonsense/", "{}").statusCode()).isEqualTo(404);
    assertThat(send("PATCH", "/api/infra/v1/other/node/" + id + "/", "{}").statusCode())
        .isEqualTo(404);
  }

  @Test
  void saysWhatItCannotDo() throws Exception {
    var id = node("honest");
    var check = send("POST", NODES + id + "/health-check/", "");
    assertThat(check.statusCode()).isEqualTo(202);
    assertThat(actionEvents(check)).singleElement().asString().contains("SUCCESS");
    var upgrade = send("POST", NODES + id + "/docker-upgrade/", "");
    assertThat(upgrade.statusCode()).isEqualTo(202);
    assertThat(actionEvents(upgrade)).singleElement().asString().contains("FAILED", "28.1");
  }

  @Test
  void drainsANodeContainerByContainer() throws Exception {
    var from = node("drain");
    var service = started("drain");
    runs(service, from);
    var to = node("drain");
    var answer = send("POST", NODES + from + "/drain/", "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    assertThat(json(answer).path("availability").asString()).isEqualTo("draining");
    await().atMost(Duration.ofSeconds(30)).until(() -> placements(service).size() == 2);
    var old =
        placements(service).stream()
            .filter(placed -> placed.get("node").equals(from.value()))
            .map(placed -> new ContainerId((String) placed.get("container")))
            .findFirst()
            .orElseThrow();
    assertThat(actionEvents(answer)).hasSize(1);
    runs(service, to);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              report(service, new Removed(new ServiceId(service), old, from, Instant.now()));
              return actionEvents(answer).size() == 2;
            });
    assertThat(actionEvents(answer).getLast()).contains("SUCCESS");
    assertThat(placements(service)).extracting("node").containsExactly(to.value());
    var undrain = send("POST", NODES + from + "/undrain/", "");
    assertThat(json(undrain).path("availability").asString()).isEqualTo("active");
  }

  @Test
  void givesContainersUpWithTheirNodeOnlyByForce() throws Exception {
    var from = node("force");
    var service = started("force");
    runs(service, from);
    var container = placements(service).getFirst().get("container").toString();
    var refused = send("DELETE", NODES + from + "/", "");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(json(refused).path("error").asString()).contains(container, "force=true");
    var to = node("force");
    var forced = send("DELETE", NODES + from + "/?force=True", "");
    assertThat(forced.statusCode()).as(forced.body()).isEqualTo(202);
    assertThat(json(forced).path("state").asString()).isEqualTo("Terminated");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(placements(service)).extracting("node").containsExactly(to.value()));
  }

  private static long eventsOf(Object one, Object other) {
    return context
        .getBean(JdbcTemplate.class)
        .queryForObject(
            "SELECT count(*) FROM events WHERE aggregate_identifier IN (?, ?)",
            Long.class,
            one.toString(),
            other.toString());
  }

  @Test
  void tellsWhatWouldBecomeOfContainersAndChangesNothing() throws Exception {
    var from = node("dry");
    var service = started("dry");
    runs(service, from);
    var container = placements(service).getFirst().get("container").toString();
    long before = eventsOf(service, from);
    var stuck = json(send("POST", NODES + from + "/drain/?dry_run=true", ""));
    assertThat(stuck.path("plan").path(0).path("refused").path("reason").asString())
        .contains("no node can take it");
    var to = node("dry");
    var drain = send("POST", NODES + from + "/drain/?dry_run=true", "");
    assertThat(drain.statusCode()).as(drain.body()).isEqualTo(200);
    assertThat(drain.headers().firstValue("ETag")).contains("\"0\"");
    assertThat(json(drain).path("summary").asString()).isEqualTo("replace 1");
    var entry = json(drain).path("plan").path(0);
    assertThat(entry.path("action").asString()).isEqualTo("replace");
    assertThat(entry.path("order").asString()).isEqualTo("start_first");
    assertThat(entry.path("container").asString()).contains(container);
    assertThat(entry.path("node").asString()).contains(to.value());
    assertThat(json(drain).path("node").path("availability").asString()).isEqualTo("draining");
    assertThat(send("DELETE", NODES + from + "/?dry_run=true", "").statusCode()).isEqualTo(409);
    var forced = json(send("DELETE", NODES + from + "/?force=true&dry_run=true", ""));
    assertThat(forced.path("plan").path(0).path("order").asString()).isEqualTo("stop_first");
    assertThat(forced.path("plan").path(0).path("node").asString()).contains(to.value());
    assertThat(send("POST", NODES + from + "/undrain/?dry_run=true", "").statusCode())
        .isEqualTo(200);
    assertThat(send("POST", NODES + UUID.randomUUID() + "/drain/?dry_run=true", "").statusCode())
        .isEqualTo(404);
    assertThat(eventsOf(service, from)).isEqualTo(before);
  }

  @Test
  void fillsASlotWhenANodeThatFitsComes() throws Exception {
    node("early");
    var service = started("late");
    assertThat(placements(service)).isEmpty();
    var late = node("late");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(placements(service)).extracting("node").containsExactly(late.value()));
  }

  private static List<JsonNode> heldUp(NodeId node) {
    return context
        .getBean(JdbcTemplate.class)
        .queryForList(
            "SELECT payload FROM events WHERE aggregate_identifier = ?"
                + " AND payload_type = 'NodeDrainHeldUp' ORDER BY sequence_number",
            String.class,
            node.value())
        .stream()
        .map(JsonMapper.shared()::readTree)
        .toList();
  }

  @Test
  void saysWhatHoldsADrainUpAndWhenNothingDoesAnyMore() throws Exception {
    var from = node("alone");
    var service = started("alone");
    runs(service, from);
    send("POST", NODES + from + "/drain/", "");
    await().atMost(Duration.ofSeconds(5)).until(() -> heldUp(from).size() == 1);
    assertThat(heldUp(from).getFirst().path("reason").asString())
        .startsWith("containers left: 1; ")
        .contains("no node can take it");
    node("alone");
    await().atMost(Duration.ofSeconds(60)).until(() -> heldUp(from).size() == 2);
    assertThat(heldUp(from).getLast().path("reason").isMissingNode()).isTrue();
  }

  @Test
  void fillsASlotWhenThePortThatItNeedsIsFree() throws Exception {
    var node = node("port");
    var ports =
        ",\"container_ports\":[{\"protocol\":\"tcp\",\"inner_port\":80,"
            + "\"outer_port\":8099,\"published\":true}]";
    var holder = started("port", ports);
    runs(holder, node);
    var waiting = started("port", ports);
    assertThat(placements(waiting)).isEmpty();
    var held = new ContainerId(placements(holder).getFirst().get("container").toString());
    send("DELETE", "/api/app/v1/service/" + holder + "/", "");
    report(holder, new Removed(new ServiceId(holder), held, node, Instant.now()));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(placements(waiting)).extracting("node").containsExactly(node.value()));
  }

  @Test
  void aServiceThatCannotFollowHoldsUpNoOther() throws Exception {
    var jdbc = context.getBean(JdbcTemplate.class);
    jdbc.update(
        "INSERT INTO placements (container, service, node) VALUES ('none', 'in-no-log', 'gone')");
    var service = started("patient");
    var late = node("patient");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(placements(service)).extracting("node").containsExactly(late.value()));
    jdbc.update("DELETE FROM placements WHERE container = 'none'");
  }

  @Test
  void seesWhatAnotherCommandServiceHearsOfNodes() throws Exception {
    try (var other = commandService()) {
      var view = other.getBean(ClusterView.class);
      assertThat(view.of(new Namespace("admin")).node(new NodeId("none"))).isEmpty();
      var late = node("seen");
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> view.of(new Namespace("admin")).node(late).isPresent());
      send("POST", NODES + late + "/drain/", "");
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  view.of(new Namespace("admin"))
                      .node(late)
                      .filter(Candidate::draining)
                      .isPresent());
    }
  }
}
