package dev.slipway.query;

import static dev.slipway.query.service.Happenings.NAMESPACE;
import static dev.slipway.query.service.Happenings.NODE;
import static dev.slipway.query.service.Happenings.START;
import static dev.slipway.query.service.Happenings.record;
import static dev.slipway.query.service.Happenings.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.model.Secret;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.container.ContainerCondition;
import dev.slipway.model.container.ContainerHealth;
import dev.slipway.model.container.ContainerHealth.Status;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.ImageFacts;
import dev.slipway.model.container.Restart;
import dev.slipway.model.node.NodeEvent.NodeRegistered;
import dev.slipway.model.node.NodeFacts;
import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.PortSpec;
import dev.slipway.model.service.PortSpec.Protocol;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ContainerConditionChanged;
import dev.slipway.model.service.ServiceEvent.ContainerCreated;
import dev.slipway.model.service.ServiceEvent.ContainerExited;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.ContainerRemovalRequested;
import dev.slipway.model.service.ServiceEvent.ContainerRemoved;
import dev.slipway.model.service.ServiceEvent.ContainerStarted;
import dev.slipway.model.service.ServiceEvent.ContainerStopRequested;
import dev.slipway.model.service.ServiceEvent.OperationBegun;
import dev.slipway.model.service.ServiceEvent.OperationEnded;
import dev.slipway.model.service.ServiceEvent.PlacementRefused;
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import dev.slipway.model.service.ServiceEvent.ServiceUpdated;
import dev.slipway.model.service.ServiceEvent.TriggerCreated;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.service.Trigger;
import dev.slipway.model.service.Trigger.Effect;
import dev.slipway.model.service.TriggerId;
import dev.slipway.model.wire.Topics;
import dev.slipway.query.projection.FakeLog;
import dev.slipway.query.service.Happenings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Why, history, the past, links, variables and triggers, over HTTP. */
class ReadsApiTest {

  static final FakeLog LOG = new FakeLog();
  static final ServiceId DB = id(1);
  static final ServiceId APP = id(2);
  static final ServiceId STUCK = id(3);
  static final ContainerId DB_ONE = ContainerId.of(DB, 1, 1);
  static final ContainerId APP_ONE = ContainerId.of(APP, 1, 1);
  static final TriggerId TRIGGER = new TriggerId("77000000-0000-4000-8000-000000000001");
  static final ActionId ACTION = new ActionId("ac000000-0000-4000-8000-000000000001");
  static QueryServer server;

  static ServiceId id(int number) {
    return new ServiceId("3f0c7d7e-0000-4000-8000-%012d".formatted(number));
  }

  static String service(ServiceId id) {
    return "/api/app/v1/service/" + id + "/";
  }

  static String container(ContainerId id) {
    return "/api/app/v1/admin/container/" + id + "/";
  }

  @BeforeAll
  static void start() {
    var facts =
        new NodeFacts(
            "here", List.of(), "127.0.0.1", "20.10", new NodeFacts.Capacity(2, 4096, 9), false);
    LOG.append(
        record(
            Topics.NODE_EVENTS,
            NODE.value(),
            new NodeRegistered(NODE, NAMESPACE, facts),
            0,
            START));
    records(database()).forEach(LOG::append);
    records(app()).forEach(LOG::append);
    records(stuck()).forEach(LOG::append);
    server = new QueryServer(LOG);
  }

  static List<ServiceEvent> database() {
    var image =
        new ImageFacts(
            List.of(new EnvironmentVariable("PATH", new Secret("/bin"))),
            List.of(new PortSpec(Protocol.TCP, 9187, null, false)),
            "no registry");
    return List.of(
        new ServiceCreated(DB, NAMESPACE, Happenings.definition("db"), null),
        new TriggerCreated(DB, new Trigger(TRIGGER, "built", Effect.SCALEUP)),
        new ContainerPlaced(DB, DB_ONE, 1, 1, 1, NODE, List.of(), List.of(), null, null),
        new ContainerCreated(DB, DB_ONE, "engine-1", image),
        new ContainerStarted(DB, DB_ONE, "engine-1", "10.0.0.1", List.of(), null, null, null),
        new ServiceUpdated(
            DB,
            ServiceDefinition.read(
                Map.of(
                    "nickname",
                    "the database",
                    "container_envvars",
                    List.of(
                        Map.of("key", "DB_PASS", "value", "s3cret"),
                        Map.of("key", "MORE", "value", "s3cret too"))))));
  }

  static List<ServiceEvent> app() {
    var definition =
        ServiceDefinition.read(
            Map.of(
                "image",
                "demo/app",
                "name",
                "app",
                "linked_to_service",
                List.of(Map.of("to_service", DB.value(), "name", "store"))));
    return List.of(
        new ServiceCreated(APP, NAMESPACE, definition, null),
        new ContainerPlaced(
            APP,
            APP_ONE,
            1,
            1,
            1,
            NODE,
            List.of(),
            List.of(
                new EnvironmentVariable("STORE_PORT", new Secret("tcp://10.0.0.1:80")),
                new EnvironmentVariable("DOCKERCLOUD_AUTH", new Secret("t0ken"))),
            null,
            null));
  }

  static List<ServiceEvent> stuck() {
    return List.of(
        new ServiceCreated(STUCK, NAMESPACE, Happenings.definition("stuck"), null),
        new OperationBegun(
            STUCK, ACTION, OperationKind.START, START.plusSeconds(600), true, List.of()),
        new ContainerPlaced(
            STUCK, ContainerId.of(STUCK, 1, 1), 1, 1, 1, NODE, List.of(), List.of(), null, null),
        new PlacementRefused(
            STUCK,
            2,
            "stuck-2: no node fits: 1 has the port taken",
            Map.of(NODE, "port 8080 is taken"),
            true));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void tellsWhatEachSlotWaitsForAndWhyNodesWereRefused() throws Exception {
    var why = server.json(service(STUCK) + "why/");
    assertThat(why.get("summary").asString())
        .isEqualTo(
            "stuck is starting since Fri, 02 Jan 2026 03:04:06 +0000: 0 of 2 run; stuck-2: no node"
                + " fits: 1 has the port taken; the start ends by Fri, 02 Jan 2026 03:14:05 +0000"
                + " at the latest.");
    assertThat(why.get("operation").get("action").asString())
        .isEqualTo("/api/audit/v1/action/" + ACTION + "/");
    var one = why.get("slots").get(0);
    assertThat(one.get("container").asString()).isEqualTo(container(ContainerId.of(STUCK, 1, 1)));
    assertThat(one.get("node_name").asString()).isEqualTo("here");
    assertThat(one.get("waits_for").asString()).isEqualTo("node here to start it");
    var two = why.get("slots").get(1);
    assertThat(two.get("container").isNull()).isTrue();
    assertThat(two.get("since").asString()).isEqualTo("Fri, 02 Jan 2026 03:04:08 +0000");
    assertThat(two.get("waits_for").asString()).isEqualTo("a node that can take it");
    assertThat(two.get("refusals").get(0).get("reason").asString()).isEqualTo("port 8080 is taken");
    assertThat(server.get(service(id(99)) + "why/").statusCode()).isEqualTo(404);
  }

  @Test
  void tellsWhyAnImageWasNotPulled() throws Exception {
    assertThat(server.json(container(DB_ONE)).get("image_msg").asString())
        .isEqualTo("The image was not pulled, the node's own is used: no registry");
    assertThat(server.json(container(APP_ONE)).get("image_msg").isNull()).isTrue();
    var why = server.json(service(DB) + "why/");
    assertThat(why.get("slots").get(0).get("image_msg").asString())
        .isEqualTo("The image was not pulled, the node's own is used: no registry");
    assertThat(why.get("summary").asString())
        .contains(
            "; the image demo/hello:latest was not pulled, the node's own is used: no registry");
  }

  @Test
  void tellsHowTheLastOperationEnded() throws Exception {
    var failing = id(40);
    var events =
        List.<ServiceEvent>of(
            new ServiceCreated(failing, NAMESPACE, Happenings.definition("bad"), null),
            new OperationBegun(failing, ACTION, OperationKind.START, START, true, List.of()),
            new PlacementRefused(failing, 1, "bad-1: no node fits", Map.of(), false),
            new OperationEnded(failing, ACTION, false, "bad-1: no node fits"));
    records(events).forEach(LOG::append);
    await().until(() -> server.get(service(failing) + "?at=3").statusCode() == 200);
    var why = server.json(service(failing) + "why/");
    assertThat(why.get("summary").asString())
        .isEqualTo("bad is not running: 0 of 2 run; the last start failed: bad-1: no node fits.");
    assertThat(why.get("operation").isNull()).isTrue();
    assertThat(why.get("last_operation").get("success").asBoolean()).isFalse();
  }

  @Test
  void datesAndCountsWhatAServiceGoesThrough() throws Exception {
    var id = id(50);
    var one = ContainerId.of(id, 1, 1);
    var two = ContainerId.of(id, 2, 1);
    var events = new ArrayList<>(Happenings.running(id, "dated"));
    long stop = events.size();
    events.add(new OperationBegun(id, ACTION, OperationKind.STOP, START, true, List.of()));
    events.add(new ContainerStopRequested(id, one));
    events.add(new ContainerStopRequested(id, two));
    events.add(new ContainerExited(id, one, 0, false, null, null, null));
    long half = events.size();
    events.add(new ContainerExited(id, two, 143, false, null, null, null));
    events.add(new OperationEnded(id, ACTION, true, null));
    long stopped = events.size();
    events.addAll(Happenings.terminated(id));
    records(events).forEach(LOG::append);
    await().until(() -> server.json(service(id)).get("state").asString().equals("Terminated"));

    var running = server.json(service(id) + "?at=" + (stop - 1));
    assertThat(counts(running)).containsExactly(2, 2, 0);
    assertThat(running.get("started_datetime").asString()).isEqualTo(date(1));
    assertThat(running.get("stopped_datetime").isNull()).isTrue();
    assertThat(counts(server.json(service(id) + "?at=" + (half - 1)))).containsExactly(2, 0, 1);
    var rests = server.json(service(id) + "?at=" + (stopped - 1));
    assertThat(counts(rests)).containsExactly(2, 0, 2);
    assertThat(rests.get("stopped_datetime").asString()).isEqualTo(date(stop));
    assertThat(rests.get("destroyed_datetime").isNull()).isTrue();
    var end = server.json(service(id));
    assertThat(counts(end)).containsExactly(0, 0, 0);
    assertThat(end.get("destroyed_datetime").asString()).isEqualTo(date(stopped));
    assertThat(end.get("stopped_datetime").asString()).isEqualTo(date(stop));
  }

  @Test
  void keepsHowAContainerEndedThatIsGone() throws Exception {
    var id = id(51);
    var one = ContainerId.of(id, 1, 1);
    var events = new ArrayList<>(Happenings.running(id, "job"));
    events.add(new ContainerExited(id, one, 3, true, null, null, null));
    events.add(new ContainerRemovalRequested(id, one));
    events.add(new ContainerRemoved(id, one, null));
    records(events).forEach(LOG::append);
    await().until(() -> state(one).equals("Terminated"));
    var job = server.json(container(one));
    assertThat(job.get("exit_code").asInt()).isEqualTo(3);
    assertThat(job.get("exit_code_msg").asString()).isEqualTo("Exit code 3 (Out of memory)");
  }

  @Test
  void tellsWhyAContainerWaitsItsHealthAndWhetherItIsPaused() throws Exception {
    var id = id(53);
    var one = ContainerId.of(id, 1, 1);
    var events = new ArrayList<>(Happenings.running(id, "sick"));
    events.add(
        new ContainerConditionChanged(
            id,
            one,
            new ContainerCondition(
                false, null, new ContainerHealth(Status.UNHEALTHY, "no answer"), true)));
    records(events).forEach(LOG::append);
    await().until(() -> state(one).equals("Running"));
    await().until(() -> server.json(container(one)).get("paused").asBoolean());
    var sick = server.json(container(one));
    assertThat(sick.get("health").asString()).isEqualTo("unhealthy");
    assertThat(sick.get("health_msg").asString()).isEqualTo("no answer");
    assertThat(why(id))
        .isEqualTo("it fails the health check of its image: no answer; it is paused");
    var waits = new ContainerCondition(false, "pulling image demo/hello", null, false);
    var more =
        List.of(new ContainerStopRequested(id, one), new ContainerConditionChanged(id, one, waits));
    long sequence = events.size();
    for (var event : more) {
      LOG.append(Happenings.record(event, sequence++));
    }
    await().until(() -> state(one).equals("Stopping"));
    await()
        .untilAsserted(
            () ->
                assertThat(server.json(container(one)).get("waiting_reason").asString())
                    .isEqualTo("pulling image demo/hello"));
    assertThat(why(id)).isEqualTo("pulling image demo/hello");
  }

  private String why(ServiceId id) throws Exception {
    return server.json(service(id) + "why/").get("slots").get(0).get("reason").asString();
  }

  @Test
  void tellsHowAContainerEndedThatItsRestartPolicyStartsAgain() throws Exception {
    var id = id(52);
    var one = ContainerId.of(id, 1, 1);
    var events = new ArrayList<>(Happenings.running(id, "crashing"));
    events.add(
        new ContainerStarted(
            id, one, "engine-1", null, List.of(), new Restart(137, true, 12), null, null));
    records(events).forEach(LOG::append);
    await().until(() -> state(one).equals("Running"));
    await()
        .untilAsserted(
            () ->
                assertThat(server.json(container(one)).get("exit_code_msg").asString())
                    .isEqualTo("Exit code 137 (Out of memory), started again"));
    assertThat(server.json(container(one)).get("restart_count").asInt()).isEqualTo(12);
    assertThat(server.json(service(id) + "why/").get("slots").get(0).get("reason").asString())
        .isEqualTo("it ran out of memory and was started again by its restart policy");
  }

  private static String state(ContainerId container) throws Exception {
    var answer = server.get(container(container));
    return answer.statusCode() == 200
        ? server.json(container(container)).get("state").asString()
        : "";
  }

  private static List<Integer> counts(JsonNode service) {
    return Stream.of("current", "running", "stopped")
        .map(which -> service.get(which + "_num_containers").asInt())
        .toList();
  }

  private static String date(long sequence) {
    return "Fri, 02 Jan 2026 03:04:%02d +0000".formatted(5 + sequence);
  }

  @Test
  void listsWhatHasHappenedWithWhatItChangedAndNoSecret() throws Exception {
    var history = server.json(service(DB) + "history/");
    assertThat(history.get("meta").get("total_count").asInt()).isEqualTo(6);
    assertThat(history.toString()).contains("DB_PASS", "MORE").doesNotContain("s3cret", "/bin");
    var updated = history.get("objects").get(5);
    assertThat(updated.get("version").asInt()).isEqualTo(5);
    assertThat(updated.get("type").asString()).isEqualTo("ServiceUpdated");
    assertThat(updated.get("user").asString()).isEqualTo("admin");
    var changes = updated.get("changes");
    assertThat(changes.valueStream().map(change -> change.get("attribute").asString()))
        .containsExactlyInAnyOrder("nickname", "container_envvars");
    var variables =
        changes
            .valueStream()
            .filter(change -> change.get("attribute").asString().equals("container_envvars"))
            .findFirst()
            .orElseThrow()
            .get("to");
    assertThat(variables.get(0).get("changed").asBoolean()).isFalse();
    assertThat(variables.get(1).get("changed").asBoolean()).isTrue();
    var second = server.json(service(DB) + "history/?limit=2&offset=4");
    assertThat(second.get("objects").get(1)).isEqualTo(updated);
    assertThat(second.get("objects").get(0).get("changes").toString())
        .isEqualTo("[{\"attribute\":\"state\",\"from\":\"Stopped\",\"to\":\"Running\"}]");
    assertThat(second.get("meta").get("previous").asString())
        .isEqualTo("/api/app/v1/admin/service/" + DB + "/history/?limit=2&offset=2");
  }

  @ParameterizedTest
  @CsvSource({
    "0, db, Not running",
    "2, db, Stopped",
    "4, db, Running",
    "5, the database, Running",
    "2026-01-02T03:04:08.500Z, db, Stopped",
    "2026-01-02T03:04:09Z, db, Running",
    "2026-01-02T05:04:09+02:00, db, Running",
    "'Fri, 02 Jan 2026 03:04:09 +0000', db, Running",
    "2099-01-01, the database, Running",
  })
  void showsAServiceAsItWas(String at, String nickname, String state) throws Exception {
    var path = service(DB) + "?at=" + at.replace(" ", "%20").replace("+", "%2B");
    var then = server.json(path);
    assertThat(then.get("nickname").asString()).isEqualTo(nickname);
    assertThat(then.get("state").asString()).isEqualTo(state);
    assertThat(then.get("calculated_envvars").toString().contains("MORE"))
        .isEqualTo(nickname.equals("the database"));
  }

  @ParameterizedTest
  @CsvSource({
    "?at=6, 400",
    "?at=-1, 400",
    "?at=99999999999999999999, 400",
    "?at=yesterday, 400",
    "?at=, 400",
    "?at=1&at=2, 400",
    "?at=2026-01-02T03:04:04Z, 404",
    "?at=2014-01-01, 404",
  })
  void refusesAMomentThatThereWasNot(String query, int status) throws Exception {
    var response = server.get(service(DB) + query);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.body()).startsWith("{\"error\":");
  }

  @Test
  void tellsWhatALinkGivesAndWhoSetEachVariable() throws Exception {
    var database = server.json(service(DB));
    var variables = database.get("link_variables");
    assertThat(variables.get("DB_1_PORT_9187_TCP").asString()).isEqualTo("tcp://10.0.0.1:9187");
    assertThat(variables.get("DB_ENV_DB_PASS").asString()).isEqualTo("s3cret");
    assertThat(variables.get("DB_DOCKERCLOUD_API_URL").asString())
        .isEqualTo("http://api/api/app/v1/admin/service/" + DB + "/");
    assertThat(database.get("calculated_envvars").toString())
        .contains("{\"key\":\"PATH\",\"value\":\"/bin\",\"origin\":\"image\"}")
        .contains("{\"key\":\"DB_PASS\",\"value\":\"s3cret\",\"origin\":\"user\"}")
        .contains("\"origin\":\"tutum\"");
    var ports = database.get("container_ports");
    assertThat(ports).hasSize(2);
    assertThat(ports.get(1).get("inner_port").asInt()).isEqualTo(9187);
    assertThat(ports.get(1).get("published").asBoolean()).isFalse();
  }

  @Test
  void showsAContainersWholeEnvironmentButNotItsLogin() throws Exception {
    var shown = server.json(container(APP_ONE));
    assertThat(shown.get("container_envvars").toString())
        .contains("{\"key\":\"STORE_PORT\",\"value\":\"tcp://10.0.0.1:80\"}")
        .contains("DOCKERCLOUD_NODE_FQDN", "STORE_DOCKERCLOUD_API_URL", "DOCKERCLOUD_AUTH")
        .doesNotContain("t0ken");
    assertThat(server.json(container(DB_ONE)).get("link_variables").get("DB_1_PORT").asString())
        .isEqualTo("tcp://10.0.0.1:80");
  }

  @Test
  void followsLinksToTheContainersThatRunNow() throws Exception {
    var link = server.json(container(APP_ONE)).get("linked_to_container").get(0);
    assertThat(link.get("name").asString()).isEqualTo("store-1");
    assertThat(link.get("from_container").asString()).isEqualTo(container(APP_ONE));
    assertThat(link.get("to_container").asString()).isEqualTo(container(DB_ONE));
    assertThat(link.get("endpoints").toString())
        .isEqualTo("{\"80/tcp\":\"tcp://10.0.0.1:80\",\"9187/tcp\":\"tcp://10.0.0.1:9187\"}");
    var other = id(50);
    records(Happenings.running(other, "other")).forEach(LOG::append);
    var links = List.of(Map.of("to_service", other.value(), "name", "o"));
    LOG.append(
        record(
            new ServiceUpdated(APP, ServiceDefinition.read(Map.of("linked_to_service", links))),
            2));
    await()
        .untilAsserted(
            () ->
                assertThat(
                        server
                            .json(container(APP_ONE))
                            .get("linked_to_container")
                            .valueStream()
                            .map(one -> one.get("name").asString()))
                    .containsExactly("o-1", "o-2"));
    assertThat(server.json(service(other)).get("linked_from_service")).hasSize(1);
    assertThat(server.json(service(DB)).get("linked_from_service")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"trigger/", "/trigger", "/trigger/?uuid__startswith=77", "trigger?name=built"})
  void listsTriggers(String path) throws Exception {
    var list = server.json(service(DB) + path);
    assertThat(list.get("meta").get("total_count").asInt()).isEqualTo(1);
    var uri = "/api/app/v1/admin/service/%s/trigger/%s/".formatted(DB, TRIGGER);
    assertThat(list.get("objects").get(0).toString())
        .isEqualTo(
            "{\"uuid\":\"%s\",\"resource_uri\":\"%s\",\"name\":\"built\",\"operation\":\"SCALEUP\",\"url\":\"%scall/\"}"
                .formatted(TRIGGER, uri, uri));
    assertThat(server.json(uri)).isEqualTo(list.get("objects").get(0));
  }

  @ParameterizedTest
  @CsvSource({
    "trigger/77000000-0000-4000-8000-000000000002/, 404",
    "trigger/x/, 404",
    "trigger/?colour=red, 400",
    "trigger/?uuid=x, 400",
    "history/?type=x, 400",
  })
  void refusesTriggersAndFiltersThatThereAreNot(String path, int status) throws Exception {
    assertThat(server.get(service(DB) + path).statusCode()).isEqualTo(status);
  }
}
