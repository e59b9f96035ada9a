package dev.slipway.query;

import static dev.slipway.query.service.Happenings.NODE;
import static dev.slipway.query.service.Happenings.START;
import static dev.slipway.query.service.Happenings.record;
import static dev.slipway.query.service.Happenings.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.http.AccountLog;
import dev.slipway.model.account.AccessKey;
import dev.slipway.model.account.AccountEvent;
import dev.slipway.model.account.AccountEvent.ApiKeyCreated;
import dev.slipway.model.account.AccountEvent.MemberAdded;
import dev.slipway.model.account.AccountEvent.OrganisationCreated;
import dev.slipway.model.account.AccountEvent.UserCreated;
import dev.slipway.model.account.ApiKeyId;
import dev.slipway.model.account.KeyHash;
import dev.slipway.model.account.Role;
import dev.slipway.model.action.ActionEvent.ActionEnded;
import dev.slipway.model.action.ActionEvent.ActionTaken;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.action.ActionRequest;
import dev.slipway.model.action.ActionState;
import dev.slipway.model.action.Origin;
import dev.slipway.model.api.ReadModel;
import dev.slipway.model.api.ReadModel.Applied;
import dev.slipway.model.api.ReadModel.View;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.LogLine;
import dev.slipway.model.container.LogLine.Stream;
import dev.slipway.model.container.SlotGeneration;
import dev.slipway.model.node.AgentState;
import dev.slipway.model.node.Heartbeat;
import dev.slipway.model.node.NodeEvent.NodeRegistered;
import dev.slipway.model.node.NodeEvent.NodeUpdated;
import dev.slipway.model.node.NodeFacts;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.LogStamp;
import dev.slipway.model.wire.LogTerm;
import dev.slipway.model.wire.Topics;
import dev.slipway.model.wire.Wire;
import dev.slipway.query.projection.FakeLog;
import dev.slipway.query.projection.KafkaAccess;
import dev.slipway.query.projection.Stores;
import dev.slipway.query.service.Happenings;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole query side over HTTP, from records in a log to JSON. */
class QueryApiTest {

  private static final AgentState AGENT =
      new AgentState(
          null,
          new LogStamp("here", 1, new LogTerm(1, "a"), 7),
          "Kafka is older than this node",
          List.of(
              new AgentState.Unowned(
                  new ContainerId("0c000000-0000-4000-8000-00000000000c"),
                  "old-1",
                  "nothing names it",
                  id(1),
                  new SlotGeneration(4, 1, null),
                  null)));

  static final String AUTHORIZATION =
      "Basic " + Base64.getEncoder().encodeToString("admin:key".getBytes(StandardCharsets.UTF_8));
  static final ServiceId WEB = id(1);
  static final ServiceId LB = id(2);
  static final ServiceId GONE = id(3);
  static final FakeLog LOG = new FakeLog();
  static final HttpClient HTTP = HttpClient.newHttpClient();
  static final JsonMapper JSON = JsonMapper.builder().build();

  static ServletWebServerApplicationContext context;

  static ServiceId id(int number) {
    return new ServiceId("3f0c7d7e-0000-4000-8000-%012d".formatted(number));
  }

  @BeforeAll
  static void start() {
    records(Happenings.running(WEB, "web")).forEach(LOG::append);
    var definition =
        ServiceDefinition.read(
            Map.of(
                "image", "demo/lb",
                "name", "lb",
                "linked_to_service", List.of(Map.of("to_service", WEB.value(), "name", "web"))));
    LOG.append(record(new ServiceCreated(LB, Happenings.NAMESPACE, definition, null), 0));
    records(Happenings.running(GONE, "web")).forEach(LOG::append);
    records(Happenings.terminated(GONE), 9).forEach(LOG::append);
    var facts =
        new NodeFacts(
            "here",
            List.of("ssd"),
            "127.0.0.1",
            "20.10",
            new NodeFacts.Capacity(2, 4096, 9),
            false);
    node(new NodeRegistered(NODE, Happenings.NAMESPACE, facts), 0);
    node(new NodeUpdated(NODE, "mine", List.of("prod")), 1);
    LOG.append(
        new ProducerRecord<>(
            Topics.HEARTBEATS.topic(),
            NODE.value(),
            Wire.write(new Heartbeat(NODE, START.plusSeconds(60), facts, null, AGENT))));
    var application = QueryServiceApplication.application();
    application.addInitializers(
        started -> started.getBeanFactory().registerSingleton("log", (KafkaAccess) LOG));
    application.addInitializers(
        started ->
            started
                .getBeanFactory()
                .registerSingleton("accountLog", (AccountLog) () -> LOG.consumer("directory")));
    context =
        (ServletWebServerApplicationContext)
            application.run(
                "--slipway.port=0",
                "--slipway.user=admin",
                "--slipway.apikey=key",
                "--slipway.logs.send-timeout=1s",
                "--slipway.actions.max-age=36500d",
                "--slipway.mongodb=" + Stores.freshUri());
    await().until(() -> status("/actuator/health/readiness") == 200);
  }

  static void node(Object event, long sequence) {
    LOG.append(record(Topics.NODE_EVENTS, NODE.value(), event, sequence, START));
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  static HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    var uri = URI.create("http://127.0.0.1:%d%s".formatted(context.getWebServer().getPort(), path));
    var request = HttpRequest.newBuilder(uri).header("Authorization", AUTHORIZATION);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  static int status(String path) throws IOException, InterruptedException {
    return get(path).statusCode();
  }

  static JsonNode json(String path) throws IOException, InterruptedException {
    var response = get(path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  static List<String> names(String path) throws IOException, InterruptedException {
    return json(path).get("objects").valueStream().map(o -> o.get("name").asString()).toList();
  }

  @Test
  void rendersAServiceAsTheGoldenFileHasIt() throws Exception {
    var response = get("/api/app/v1/service/" + WEB + "/");
    assertThat(response.headers().firstValue("ETag")).contains("\"8\"");
    var printed =
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(response.body()));
    var golden = Path.of("src/test/resources/service.json");
    if (!Files.exists(golden)) {
      Files.writeString(golden, printed + "\n");
    }
    assertThat(printed + "\n").isEqualTo(Files.readString(golden));
  }

  @Test
  void hasEveryKeyOfTheApiPagesExample() throws Exception {
    var keys = new TreeSet<>(json("/api/app/v1/service/" + WEB).propertyNames());
    assertThat(keys)
        .containsAll(Files.readAllLines(Path.of("src/test/resources/service-keys.txt")));
  }

  @Test
  void leavesOutATerminatedServiceWhereALiveOneHasTheName() throws Exception {
    var objects = json("/api/app/v1/service/?name=web").get("objects");
    assertThat(objects.valueStream().map(o -> o.get("uuid").asString()))
        .containsExactly(WEB.value());
    assertThat(json("/api/app/v1/service/" + GONE + "/").get("state").asString())
        .isEqualTo("Terminated");
    assertThat(json("/api/app/v1/service/?uuid=" + GONE).get("meta").get("total_count").asInt())
        .isEqualTo(1);
  }

  @Test
  void pagesAListAndKeepsItsFiltersInTheLinks() throws Exception {
    var first = json("/api/app/v1/service?limit=1&state=Not+running&offset=0");
    assertThat(first.get("meta").get("total_count").asInt()).isEqualTo(1);
    var all = json("/api/app/v1/service?limit=1");
    assertThat(all.get("meta").get("next").asString())
        .matches("/api/app/v1/admin/service/\\?limit=1&offset=1&cursor=[A-Za-z0-9_-]+");
    var second = json(all.get("meta").get("next").asString());
    assertThat(second.get("objects").get(0).get("name").asString()).isEqualTo("lb");
    assertThat(second.get("meta").get("previous").asString())
        .isEqualTo("/api/app/v1/admin/service/?limit=1&offset=0");
    var last =
        json(
            "/api/app/v1/service?limit=1&offset="
                + (all.get("meta").get("total_count").asInt() - 1));
    assertThat(last.get("meta").get("next").isNull()).isTrue();
  }

  @Test
  void refusesWhatItDoesNotKnow() throws Exception {
    assertThat(get("/api/app/v1/service/?colour=red").body()).contains("colour");
    assertThat(status("/api/app/v1/service/?colour=red")).isEqualTo(400);
    assertThat(status("/api/app/v1/service/?state=Happy")).isEqualTo(400);
    assertThat(status("/api/app/v1/container/?service=web")).isEqualTo(400);
    assertThat(status("/api/app/v1/service/" + id(99))).isEqualTo(404);
    assertThat(status("/api/app/v1/service/web")).isEqualTo(404);
    assertThat(names("/api/app/v1/service/?uuid__startswith=web")).isEmpty();
    assertThat(names("/api/app/v1/service/?stack__name=mystack&name=web")).isEmpty();
    assertThat(names("/api/app/v1/service/?state=Init")).containsExactly("lb");
  }

  @Test
  void showsALinkFromBothSides() throws Exception {
    var from = json("/api/app/v1/service/" + WEB).get("linked_from_service").get(0);
    assertThat(from).isEqualTo(json("/api/app/v1/service/" + LB).get("linked_to_service").get(0));
  }

  @Test
  void listsContainersOfAServiceByEitherFormOfItsUri() throws Exception {
    for (var reference :
        List.of(
            WEB.value(),
            "/api/app/v1/service/" + WEB + "/",
            "%2Fapi%2Fapp%2Fv1%2Fadmin%2Fservice%2F" + WEB + "%2F")) {
      assertThat(names("/api/app/v1/container/?service=" + reference))
          .containsExactly("web-1", "web-2");
    }
    assertThat(names("/api/app/v1/container/?name=web-1")).containsExactly("web-1");
    var uuid = ContainerId.of(WEB, 1, 1);
    var container = json("/api/app/v1/container/" + uuid);
    assertThat(container.get("node").asString())
        .isEqualTo(
            json("/api/infra/v1/node/").get("objects").get(0).get("resource_uri").asString());
    assertThat(container.get("container_ports").get(0).get("outer_port").asInt()).isEqualTo(8080);
    assertThat(json("/api/app/v1/container/" + ContainerId.of(GONE, 1, 1)).get("state").asString())
        .isEqualTo("Terminated");
  }

  @Test
  void listsNodes() throws Exception {
    var node = json("/api/infra/v1/node/").get("objects").get(0);
    assertThat(node.get("nickname").asString()).isEqualTo("mine");
    assertThat(node.get("current_num_containers").asInt()).isGreaterThanOrEqualTo(2);
    assertThat(node.get("last_seen").asString()).isEqualTo("Fri, 02 Jan 2026 03:05:05 +0000");
    assertThat(node.get("tags").toString())
        .isEqualTo(
            "[{\"name\":\"ssd\",\"origin\":\"tutum\"},{\"name\":\"prod\",\"origin\":\"user\"}]");
    assertThat(status("/api/infra/v1/node/" + NODE)).isEqualTo(200);
  }

  @Test
  void showsWhyAnAgentActsOnNothingAndWhatNothingAccountsFor() throws Exception {
    var node = json("/api/infra/v1/node/" + NODE);
    assertThat(node.get("agent_problem").asString()).isEqualTo("Kafka is older than this node");
    var unowned = node.get("unowned_containers").get(0);
    assertThat(unowned.get("name").asString()).isEqualTo("old-1");
    assertThat(unowned.get("reason").asString()).isEqualTo("nothing names it");
    assertThat(unowned.get("service").asString())
        .isEqualTo("/api/app/v1/admin/service/" + WEB + "/");
    assertThat(unowned.get("slot").asInt()).isEqualTo(4);
    var listed = json("/api/infra/v1/node/" + NODE + "/unowned/");
    assertThat(listed.get("meta").get("total_count").asInt()).isEqualTo(1);
    assertThat(listed.get("objects").get(0)).isEqualTo(unowned);
    assertThat(status("/api/infra/v1/node/" + WEB + "/unowned/")).isEqualTo(404);
    var problem = json("/api/app/v1/service/" + WEB + "/why/").get("node_problems").get(0);
    assertThat(problem.get("node_name").asString()).isEqualTo("mine");
    assertThat(problem.get("reason").asString()).isEqualTo("Kafka is older than this node");
    var alarm = context.getBean(MeterRegistry.class).get("slipway.nodes.refusing").gauge();
    assertThat(alarm.value()).isEqualTo(1);
  }

  @Test
  void answersEmptyListsForWhatThereIsNoneOf() throws Exception {
    for (var path :
        List.of(
            "/api/app/v1/stack/",
            "/api/infra/v1/nodecluster/",
            "/api/infra/v1/admin/provider/?name=x",
            "/api/repo/v1/repository/",
            "/api/repo/v1/registry/?name=quay.io")) {
      assertThat(json(path).get("meta").get("total_count").asInt()).isZero();
    }
    assertThat(status("/api/infra/v1/nodetype/aws/small/")).isEqualTo(404);
    assertThat(get("/auth/").body()).isEqualTo("{}");
  }

  @Test
  void showsActionsNewestFirst() throws Exception {
    var one = new ActionId(UUID.randomUUID().toString());
    var two = new ActionId(UUID.randomUUID().toString());
    var request =
        new ActionRequest(
            Happenings.NAMESPACE,
            "Service Start",
            "/api/app/v1/admin/service/" + WEB + "/",
            "POST",
            "/api/app/v1/service/" + WEB + "/start/",
            "{}",
            new Origin("admin", "127.0.0.1", "curl", null));
    action(one, new ActionTaken(one, request, ActionState.IN_PROGRESS, null), 0, START);
    action(two, new ActionTaken(two, request, ActionState.FAILED, "no"), 0, START.plusSeconds(5));
    action(one, new ActionEnded(one, ActionState.SUCCESS, null), 1, START.plusSeconds(9));
    var readModel = context.getBean(ReadModel.class);
    assertThat(
            readModel.awaitApplied(
                List.of(
                    new Applied(View.ACTION, one.value(), 1),
                    new Applied(View.ACTION, two.value(), 0)),
                Duration.ofSeconds(5)))
        .isTrue();
    var objects = json("/api/audit/v1/action/").get("objects");
    assertThat(objects.get(0).get("uuid").asString()).isEqualTo(two.value());
    assertThat(objects.get(1).get("state").asString()).isEqualTo("Success");
    assertThat(json("/api/audit/v1/action/?state=Failed&object=" + WEB).get("objects")).hasSize(1);
    assertThat(
            json("/api/audit/v1/action/?end_date__gte=2026-01-02T03:04:12Z&include_related=true")
                .get("objects"))
        .hasSize(1);
    assertThat(json("/api/audit/v1/action/" + one).get("is_user_action").asBoolean()).isTrue();
  }

  @Test
  void showsMembersWhatIsOfTheirOrganisationAndNobodyElse() throws Exception {
    var key = AccessKey.draw();
    var id = new ApiKeyId("4e000000-0000-4000-8000-000000000001");
    account(new UserCreated("alice"), 0);
    account(new ApiKeyCreated(id, "alice", "", KeyHash.of(key), Role.READER), 1);
    account(new UserCreated("bob"), 0);
    account(new OrganisationCreated(Happenings.NAMESPACE), 0);
    var action = new ActionId("ac000000-0000-4000-8000-0000000000aa");
    var request =
        new ActionRequest(
            Happenings.NAMESPACE, "Any", "/", "POST", "/", "", new Origin("a", "", "", null));
    action(action, new ActionTaken(action, request, ActionState.SUCCESS, null), 0, START);
    var alice = "ApiKey alice:" + key.reveal();
    await().until(() -> statusFor(alice, "/api/app/v1/service/") == 200);
    var organisation = "/api/app/v1/%s/service/".formatted(Happenings.NAMESPACE);
    var whole = "/api/audit/v1/action/%s/".formatted(action);
    await().until(() -> status(whole) == 200);
    assertThat(statusFor(alice, organisation)).isEqualTo(404);
    assertThat(statusFor(alice, whole)).isEqualTo(404);
    assertThat(statusFor(alice, "/api/app/v1/service/" + WEB)).isEqualTo(404);

    account(new MemberAdded(Happenings.NAMESPACE, "alice", Role.ADMIN), 1);

    await().until(() -> statusFor(alice, organisation + WEB + "/") == 200);
    assertThat(statusFor(alice, whole)).isEqualTo(200);
    assertThat(statusFor(alice, "/api/audit/v1/alice/action/" + action)).isEqualTo(404);
    assertThat(statusFor(alice, "/api/app/v1/service/" + WEB)).isEqualTo(404);
    assertThat(statusFor(alice, organisation.replace("service/", "container/x/exec/")))
        .isEqualTo(403);
    var accounts = "/api/account/v1/";
    assertThat(bodyFor(alice, accounts + "user/")).contains("alice").doesNotContain("bob");
    assertThat(get(accounts + "user/").body()).contains("alice", "bob");
    assertThat(bodyFor(alice, accounts + "organisation/")).contains("\"role\":\"reader\"");
    assertThat(bodyFor(alice, accounts + "organisation/%s/member/".formatted(Happenings.NAMESPACE)))
        .contains("\"user\":\"alice\"", "\"role\":\"admin\"");
    assertThat(get(accounts + "apikey/?user=alice").body()).contains(id.value());
    assertThat(statusFor(alice, accounts + "apikey/?user=bob")).isEqualTo(404);
  }

  static void account(AccountEvent event, long sequence) {
    LOG.append(record(Topics.ACCOUNT_EVENTS, event.subject(), event, sequence, START));
  }

  static int statusFor(String login, String path) throws IOException, InterruptedException {
    return answerFor(login, path).statusCode();
  }

  static String bodyFor(String login, String path) throws IOException, InterruptedException {
    return answerFor(login, path).body();
  }

  static HttpResponse<String> answerFor(String login, String path)
      throws IOException, InterruptedException {
    var uri = URI.create("http://127.0.0.1:%d%s".formatted(context.getWebServer().getPort(), path));
    return HTTP.send(
        HttpRequest.newBuilder(uri).header("Authorization", login).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  static void action(ActionId id, Object event, long sequence, Instant at) {
    LOG.append(record(Topics.ACTION_EVENTS, id.value(), event, sequence, at));
  }

  @Test
  void tellsAnotherProcessWhatIsApplied() throws Exception {
    assertThat(get("/internal/applied?service=" + WEB + ":8&wait=1000").body())
        .isEqualTo("{\"applied\":true}");
    assertThat(get("/internal/applied?service=" + WEB + ":9&wait=10").body())
        .isEqualTo("{\"applied\":false}");
    assertThat(status("/internal/applied?service=web")).isEqualTo(400);
  }

  @Test
  void readsAndFollowsLogsWithoutLossOrRepeat() throws Exception {
    var service = id(50);
    appendAll(Happenings.running(service, "chatty"));
    assertThat(
            context
                .getBean(ReadModel.class)
                .awaitApplied(
                    List.of(new Applied(View.SERVICE, service.value(), 8)), Duration.ofSeconds(5)))
        .isTrue();
    var one = ContainerId.of(service, 1, 1);
    var two = ContainerId.of(service, 2, 1);
    for (int i = 0; i < 10; i++) {
      line(service, i % 2 == 0 ? one : two, i / 2, i);
    }
    var path = "/api/app/v1/service/" + service + "/logs/";
    await().until(() -> get(path + "?format=text").body().lines().count() == 10);
    assertThat(get(path + "?format=text&tail=2").body())
        .isEqualTo("web-x | line 8\nweb-x | line 9\n");
    assertThat(status(path)).isEqualTo(400);

    var ended = new Frames();
    ended.open(path + "?tail=3&follow=false");
    await().until(ended::isClosed);
    assertThat(ended.received)
        .last()
        .isEqualTo(
            "{\"type\":\"log\",\"source\":\"web-x\",\"log\":\"line 9\\n"
                + "\",\"streamType\":\"stdout\",\"timestamp\":1767323054}");

    var followed = new Frames();
    followed.open(path);
    for (int i = 10; i < 500; i++) {
      line(service, i % 2 == 0 ? one : two, i / 2, i);
      line(service, one, 3, 6);
    }
    await().until(() -> followed.received.size() >= 500);
    assertThat(followed.received).hasSize(500).doesNotHaveDuplicates();
    assertThat(get(path + "?format=text&tail=1000").body().lines()).hasSize(500);
    followed.close();
  }

  @Test
  void dropsAClientThatDoesNotRead() throws Exception {
    var container = ContainerId.of(WEB, 2, 1);
    var request =
        """
        GET /api/app/v1/container/%s/logs/?tail=0 HTTP/1.1
        Host: localhost
        Authorization: %s
        Connection: Upgrade
        Upgrade: websocket
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

        """
            .formatted(container, AUTHORIZATION)
            .replace("\n", "\r\n");
    try (var socket = new Socket()) {
      socket.setReceiveBufferSize(4_096);
      socket.connect(new InetSocketAddress("127.0.0.1", context.getWebServer().getPort()));
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8))
          .isEqualTo("HTTP/1.1 101");
      await().until(() -> streams() > 0);
      var text = "x".repeat(10_000);
      for (int offset = 0; offset < 3_000; offset++) {
        var line = new LogLine(WEB, container, "web-2", Stream.STDOUT, Instant.now(), offset, text);
        LOG.append(new ProducerRecord<>(Topics.LOGS.topic(), container.value(), Wire.write(line)));
      }
      await().atMost(Duration.ofSeconds(30)).until(() -> streams() == 0);
      await().untilAsserted(() -> assertThat(dropped("the client does not read")).isEqualTo(1));
    }
  }

  static double dropped(String reason) {
    var counter =
        context
            .getBean(MeterRegistry.class)
            .find("slipway.streams.dropped")
            .tag("reason", reason)
            .counter();
    return counter == null ? 0 : counter.count();
  }

  static long streams() {
    return (long) context.getBean(MeterRegistry.class).get("slipway.log.streams").gauge().value();
  }

  @Test
  void refusesAStreamBeforeItBecomesOne() throws Exception {
    var frames = new Frames();
    assertThat(frames.refusal("/api/app/v1/service/" + id(98) + "/logs/")).isEqualTo(404);
    assertThat(frames.refusal("/api/app/v1/service/" + WEB + "/logs/?tail=x")).isEqualTo(400);
  }

  static void appendAll(List<ServiceEvent> events) {
    records(events).forEach(LOG::append);
  }

  static void line(ServiceId service, ContainerId container, long offset, int number) {
    var line =
        new LogLine(
            service,
            container,
            "web-x",
            Stream.STDOUT,
            START.plusSeconds(number),
            offset,
            "line " + number);
    LOG.append(new ProducerRecord<>(Topics.LOGS.topic(), container.value(), Wire.write(line)));
  }

  /** A websocket client that remembers. */
  static final class Frames implements java.net.http.WebSocket.Listener {

    final List<String> received = java.util.Collections.synchronizedList(new ArrayList<>());
    private final StringBuilder part = new StringBuilder();
    private java.net.http.WebSocket socket;

    void open(String path) {
      socket = connect(path).join();
    }

    private java.util.concurrent.CompletableFuture<java.net.http.WebSocket> connect(String path) {
      return HTTP.newWebSocketBuilder()
          .header("Authorization", AUTHORIZATION)
          .buildAsync(
              URI.create("ws://127.0.0.1:%d%s".formatted(context.getWebServer().getPort(), path)),
              this);
    }

    int refusal(String path) {
      try {
        connect(path).join();
        return 101;
      } catch (java.util.concurrent.CompletionException refused) {
        return ((java.net.http.WebSocketHandshakeException) refused.getCause())
            .getResponse()
            .statusCode();
      }
    }

    boolean isClosed() {
      return socket.isInputClosed();
    }

    void close() {
      socket.abort();
    }

    @Override
    public java.util.concurrent.CompletionStage<?> onText(
        java.net.http.WebSocket socket, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        received.add(part.toString());
        part.setLength(0);
      }
      socket.request(1);
      return null;
    }
  }
}
