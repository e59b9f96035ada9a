package dev.slipway.acceptance;

import static dev.slipway.acceptance.PythonClient.APP;
import static dev.slipway.acceptance.PythonClient.uri;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Each command of the official CLI as the calls that it makes, with the fields that it reads; and
 * calls of other clients that differ from it.
 */
class ClientCommandsTest {

  private static final String INFRA = "/api/infra/v1/";
  private static final String AUDIT = "/api/audit/v1/";
  private static final String ACTION_HEADER = "X-DockerCloud-Action-URI";

  private static Slipway slipway;
  private static PythonClient cli;

  @BeforeAll
  static void start(@TempDir Path data) {
    slipway = Slipway.simulated(data);
    cli = new PythonClient(slipway.api());
  }

  @AfterAll
  static void stop() {
    slipway.close();
  }

  private static JsonNode create(String name, Object... more) {
    var body = new HashMap<String, Object>(Map.of("image", "tutum/hello-world", "name", name));
    for (int i = 0; i < more.length; i += 2) {
      body.put((String) more[i], more[i + 1]);
    }
    return cli.sync(cli.send("POST", APP + "service/", body).is(201));
  }

  private static JsonNode running(String name, Object... more) {
    cli.act(create(name, more), "start");
    return cli.fetch("service", name);
  }

  private static List<JsonNode> get(String path) {
    var objects = new ArrayList<JsonNode>();
    cli.send("GET", path, null).is(200).json().path("objects").forEach(objects::add);
    return objects;
  }

  private static void requireFields(JsonNode object, String... fields) {
    for (var field : fields) {
      assertThat(object.has(field)).as("%s of %s", field, object).isTrue();
    }
  }

  private static Map<String, Object> variable(String key, String value) {
    return Map.of("key", key, "value", value);
  }

  private static String text(JsonNode object, String field) {
    return object.path(field).asString();
  }

  @Test
  void serviceCreateWithLinksAndVolumes() {
    var database = running("cli-db");
    var service =
        create(
            "cli-create",
            "linked_to_service",
            List.of(Map.of("to_service", "cli-db", "name", "db")),
            "bindings",
            List.of(
                Map.of("container_path", "/data"),
                Map.of("host_path", "/srv/x", "container_path", "/x", "rewritable", false),
                Map.of("volumes_from", uri(database))));
    assertThat(text(service, "state")).isEqualTo("Not running");
    requireFields(service, "link_variables", "calculated_envvars", "linked_from_service");
    assertThat(text(service.path("linked_to_service").path(0), "to_service"))
        .isEqualTo(uri(database));
    var refused =
        cli.send("POST", APP + "service/", Map.of("image", "a", "autodestroy", "ON_FAILURE"));
    assertThat(refused.is(400).text("error")).startsWith("autodestroy must be one of");
  }

  @Test
  void serviceRunAndPs() {
    running("cli-run");
    for (var service : get(APP + "service/?state=Running")) {
      assertThat(text(service, "state")).isEqualTo("Running");
      requireFields(
          service,
          "name",
          "uuid",
          "synchronized",
          "current_num_containers",
          "image_name",
          "deployed_datetime",
          "public_dns",
          "stack");
    }
    assertThat(get(APP + "stack/")).isNotNull();
    assertThat(get(APP + "service/?state=Init")).isNotNull();
  }

  @Test
  void serviceSetAndEnvironment() {
    var service = create("cli-env", "container_envvars", List.of(variable("A", "1")));
    var shown = cli.fetch("service", "cli-env").path("calculated_envvars");
    assertThat(shown.valueStream().map(one -> text(one, "origin"))).contains("user", "tutum");
    for (var variables :
        List.of(
            List.of(variable("A", "1"), variable("B", "2")), // add
            List.of(variable("A", "3"), variable("B", "2")), // update
            List.of(variable("B", "2")))) { // rm
      cli.sync(cli.send("PATCH", uri(service), Map.of("container_envvars", variables)).is(200));
      assertThat(cli.fetch("service", "cli-env").path("container_envvars").size())
          .isEqualTo(variables.size());
    }
    cli.sync(cli.send("PATCH", uri(service), Map.of("image", "a/b:2", "privileged", true)).is(200));
    cli.sync(cli.send("POST", uri(service) + "redeploy/?reuse_volumes=True", null).is(202));
    cli.sync(cli.send("POST", uri(service) + "redeploy/?reuse_volumes=False", null).is(202));
    assertThat(text(cli.fetch("service", "cli-env"), "image_name")).isEqualTo("a/b:2");
  }

  @Test
  void tagsOfServicesAndNodes() {
    var service = create("cli-tags", "tags", List.of(Map.of("name", "a")));
    var tags = List.of(Map.of("name", "a"), Map.of("name", "b"));
    cli.sync(cli.send("PATCH", uri(service), Map.of("tags", tags)).is(200));
    cli.sync(cli.send("PATCH", uri(service), Map.of("tags", List.of())).is(200));
    assertThat(cli.fetch("service", "cli-tags").path("tags").size()).isZero();

    var node = get(INFRA + "node/").getFirst();
    var shortId = text(node, "uuid").substring(0, 8);
    assertThat(get(APP + "service/?uuid__startswith=" + shortId)).isEmpty();
    assertThat(get(APP + "service/?name=" + shortId)).isEmpty();
    assertThat(get(INFRA + "nodecluster/?uuid__startswith=" + shortId)).isEmpty();
    assertThat(get(INFRA + "nodecluster/?name=" + shortId)).isEmpty();
    var found = get(INFRA + "node/?uuid__startswith=" + shortId).getFirst();
    cli.send("PATCH", uri(found), Map.of("tags", List.of(Map.of("name", "cli")))).is(200);
    var after = cli.send("GET", uri(found), null).json().path("tags");
    assertThat(after.valueStream().map(tag -> text(tag, "name"))).contains("cli");
    cli.send("PATCH", uri(found), Map.of("tags", List.of())).is(200);
  }

  /** Faults 23 and 37. */
  @Test
  void triggersAreListedByUrlsThatFollowAHostThatEndsInASlash() {
    var service = running("cli-trigger");
    var asked = Map.of("name", "again", "operation", "REDEPLOY");
    var made = cli.send("POST", uri(service) + "/trigger/", asked);
    assertThat(made.status()).as(made.raw().body()).isBetween(200, 202);
    var trigger = get(uri(service) + "/trigger/").getFirst();
    requireFields(trigger, "uuid", "name", "operation", "url", "resource_uri");
    var url = text(trigger, "url");
    assertThat(url).startsWith("/api/").endsWith("/call/");
    var path = url.substring(1); // the CLI prints rest_host + url[1:]
    assertThat(cli.send("POST", "/" + path, null).status()).isBetween(200, 202);
    var foreign = APP + "nobody/" + url.substring(url.indexOf("service/"));
    cli.send("POST", foreign, null).is(404);
    var removed =
        cli.send("DELETE", uri(service) + "/trigger/" + text(trigger, "uuid") + "/", null);
    assertThat(removed.status()).isBetween(200, 202);
    assertThat(get(uri(service) + "/trigger/")).isEmpty();
  }

  /** Fault 38. */
  @Test
  void containerPsAndInspect() {
    var service = running("cli-ps", "target_num_containers", 2);
    var nodes = get(INFRA + "node/").stream().map(PythonClient::uri).toList();
    var containers = cli.list("container", Map.of("service", uri(service), "state", "Running"));
    assertThat(containers).hasSize(2);
    for (var container : containers) {
      requireFields(
          container,
          "name",
          "uuid",
          "state",
          "image_name",
          "run_command",
          "exit_code",
          "deployed_datetime",
          "container_ports",
          "public_dns",
          "service",
          "autodestroy",
          "private_ip",
          "exit_code_msg",
          "synchronized");
      assertThat(text(container, "autodestroy")).isEqualTo("OFF");
      assertThat(nodes).contains(text(container, "node"));
      for (var port : container.path("container_ports")) {
        assertThat(port.path("inner_port").isIntegralNumber()).isTrue();
      }
    }
    var whole = cli.fetch("container", "cli-ps-1");
    requireFields(whole, "container_envvars", "linked_to_container", "link_variables", "bindings");
  }

  /** Fault 37: the answers of actions have the keys of the detail. */
  @Test
  void containerStopStartRedeployTerminateLogsAndExec() throws Exception {
    var service = running("cli-container", "target_num_containers", 2);
    var container = cli.fetch("container", "cli-container-1");
    cli.act(container, "stop");
    var stopped = cli.fetch("container", "cli-container-1");
    assertThat(text(stopped, "state")).isEqualTo("Stopped");
    assertThat(text(cli.send("GET", uri(service), null).json(), "state"))
        .isEqualTo("Partly running");
    var started = cli.act(container, "start");
    var detail = cli.fetch("container", "cli-container-1");
    assertThat(started.propertyNames()).containsAll(detail.propertyNames());
    cli.api.stream(uri(container) + "logs/?follow=false&tail=10");
    cli.api.terminal(uri(container) + "exec/?&command=ls", "");
    cli.sync(cli.send("POST", uri(container) + "redeploy/?reuse_volumes=True", null).is(202));
    var second = cli.fetch("container", "cli-container-2");
    cli.sync(cli.send("DELETE", uri(second), null).is(202));
    assertThat(cli.list("container", Map.of("service", uri(service), "state", "Running")))
        .hasSize(1);
  }

  @Test
  void nodesAndWhatHasNone() {
    for (var node : get(INFRA + "node/")) {
      requireFields(
          node, "uuid", "external_fqdn", "last_seen", "state", "node_cluster", "docker_version");
      requireFields(
          node, "cpu", "memory", "disk", "nickname", "public_ip", "region", "tags", "tunnel");
      assertThat(node.path("node_cluster").isNull()).isTrue();
      cli.send("GET", uri(node), null).is(200);
      assertThat(cli.send("POST", uri(node) + "docker-upgrade/", null).status())
          .isBetween(200, 409);
      var removed = cli.send("DELETE", uri(node), null);
      assertThat(removed.status()).as("not while it has containers").isIn(202, 409);
    }
    var token = cli.send("POST", INFRA + "token/", Map.of());
    assertThat(token.status()).isBetween(200, 202);
    assertThat(token.text("token")).isNotBlank();
    for (var kind : List.of("nodecluster", "provider", "region", "az", "nodetype", "tag")) {
      assertThat(get(INFRA + kind + "/")).isEmpty();
    }
    cli.send("GET", INFRA + "nodetype/digitalocean/1gb/", null).is(404);
    cli.send("GET", INFRA + "region/digitalocean/ams1/", null).is(404);
    requireFields(cli.send("GET", "/api/repo/v1/registry/", null).is(200).json(), "meta");
    requireFields(cli.send("GET", "/api/repo/v1/repository/", null).is(200).json(), "meta");
  }

  /** Faults 22 and 28. */
  @Test
  void actionLsInspectLogsCancelAndRetry() throws Exception {
    var service = create("cli-action");
    var started = cli.send("POST", uri(service) + "start/", null).is(202);
    var action = started.raw().headers().firstValue(ACTION_HEADER).orElseThrow();
    cli.sync(started);
    for (var one : get(AUDIT + "action/?limit=25")) {
      requireFields(one, "uuid", "action", "state", "object", "start_date", "end_date", "created");
      requireFields(one, "ip", "location", "method", "path", "user_agent", "can_be_canceled");
    }
    var uuid = action.split("/")[5];
    var found = get(AUDIT + "action/?uuid__startswith=" + uuid.substring(0, 8)).getFirst();
    var whole = cli.send("GET", uri(found), null).is(200).json();
    requireFields(whole, "body", "is_user_action", "user");
    assertThat(whole.path("body").isString()).isTrue();
    var lines = cli.api.stream(action + "logs/?follow=false");
    assertThat(lines).isNotEmpty();
    for (var line : lines) {
      assertThat(text(line, "type")).isEqualTo("log");
      assertThat(text(line, "log")).as("the CLI ends the line itself").doesNotEndWith("\n");
      assertThat(line.path("timestamp").isIntegralNumber()).isTrue();
    }
    cli.send("POST", action + "cancel/", null).is(409);
    cli.act(service, "stop");
    var again = cli.send("POST", action + "retry/", null);
    assertThat(again.status()).as(again.raw().body()).isBetween(200, 202);
  }

  @Test
  void eventsNameTheSameUrisAsTheirObjects() throws Exception {
    var events = new CopyOnWriteArrayList<JsonNode>();
    var path = AUDIT + "events/?type=service,container";
    var followed =
        CompletableFuture.runAsync(
            () -> {
              try {
                cli.api.follow(
                    path,
                    event -> {
                      events.add(event);
                      return !text(event, "state").equals("Stopped")
                          || !text(event, "type").equals("service");
                    });
              } catch (Exception failure) {
                throw new IllegalStateException(failure);
              }
            });
    var service = create("cli-events");
    await()
        .until(
            () -> {
              cli.act(service, "start");
              cli.act(service, "stop");
              return events.stream()
                  .anyMatch(one -> text(one, "resource_uri").equals(uri(service)));
            });
    followed.get(30, TimeUnit.SECONDS);
    for (var event : events) {
      requireFields(
          event, "type", "action", "parents", "resource_uri", "state", "uuid", "datetime");
      assertThat(text(event, "type")).isIn("service", "container");
    }
  }

  @Test
  void stacksFromTheirFileToTheirEnd() {
    Map<String, Object> web = Map.of("image", "demo/web", "name", "web", "ports", List.of("80"));
    Map<String, Object> balancer =
        Map.of("image", "dockercloud/haproxy", "name", "lb", "links", List.of("web"));
    var body = Map.of("name", "cli-stack", "services", List.of(balancer, web));
    var stack = cli.sync(cli.send("POST", APP + "stack/", body).is(201));
    assertThat(get(APP + "stack/").stream().map(one -> text(one, "name"))).contains("cli-stack");
    requireFields(cli.fetch("stack", "cli-stack"), "state", "synchronized", "deployed_datetime");
    cli.act(stack, "start");
    assertThat(get(APP + "service/?stack__name=cli-stack&name=web")).hasSize(1);
    assertThat(get(APP + "container/?service__stack__name=cli-stack&name=web-1")).hasSize(1);
    assertThat(cli.list("service", Map.of("stack", uri(stack), "state", "Running"))).hasSize(2);
    var changed = Map.of("services", List.of(Map.of("image", "demo/web:2", "name", "web")));
    cli.sync(cli.send("PATCH", uri(stack), changed).is(200));
    assertThat(cli.fetch("stack", "cli-stack").path("services").size()).isEqualTo(2);
    cli.act(stack, "redeploy");
    cli.act(stack, "stop");
    assertThat(cli.send("GET", uri(stack) + "export/", null).is(200).json().toString())
        .contains("demo/web:2");
    cli.sync(cli.send("DELETE", uri(stack), null).is(202));
    assertThat(text(cli.send("GET", uri(stack), null).json(), "state")).isEqualTo("Terminated");
  }

  /** Faults 25 and 27. */
  @Test
  void whatIsTerminatedHidesNothingThatLivesAndLinksToItVanish() {
    var before = create("cli-gone");
    var linked =
        create("cli-linked", "linked_to_service", List.of(Map.of("to_service", "cli-gone")));
    assertThat(linked.path("linked_to_service").size()).isEqualTo(1);
    cli.sync(cli.send("DELETE", uri(before), null).is(202));
    assertThat(cli.send("GET", uri(linked), null).json().path("linked_to_service").size()).isZero();
    var after = create("cli-gone");
    assertThat(uri(cli.fetch("service", "cli-gone"))).isEqualTo(uri(after));
    assertThat(text(cli.send("GET", uri(before), null).json(), "state")).isEqualTo("Terminated");
  }

  /** Of the Go and the JavaScript client: other forms of the same addresses. */
  @Test
  void otherClientsWriteAddressesInOtherForms() throws Exception {
    var service = running("cli-forms");
    var api = slipway.api();
    var byName = api.get("/api/app/v1/service?name=cli-forms").is(200).json();
    assertThat(byName.path("objects").size()).isEqualTo(1);
    api.get("/api/app/v1/stack").is(200);
    var login = "user=%s&token=%s".formatted(Slipway.USER, Slipway.API_KEY);
    var stopped = api.post(uri(service) + "stop").is(202);
    var action = stopped.raw().headers().firstValue(ACTION_HEADER).orElseThrow();
    assertThat(action).endsWith("/");
    api.stream(action.substring("/api".length()) + "logs/?" + login);
    cli.send("GET", "/auth/", null).is(200);
  }
}
