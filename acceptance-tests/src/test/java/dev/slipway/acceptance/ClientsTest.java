package dev.slipway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whole scenarios as the two official kits for clients play them, with the habits of each. */
class ClientsTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String APP = "/api/app/v1/";

  private static Slipway slipway;

  @BeforeAll
  static void start(@TempDir Path data) {
    slipway = Slipway.simulated(data);
  }

  @AfterAll
  static void stop() {
    slipway.close();
  }

  @Test
  void carriesAServiceThroughTheCommandsOfThePythonKit() throws Exception {
    var python = new PythonClient(slipway.api());
    var created =
        python.send(
            "POST",
            APP + "service/",
            Map.of(
                "image",
                "tutum/hello-world",
                "name",
                "pyweb",
                "target_num_containers",
                2,
                "container_ports",
                List.of(Map.of("protocol", "tcp", "inner_port", "80", "published", true)),
                "container_envvars",
                List.of(Map.of("key", "A", "value", "1")),
                "linked_to_service",
                List.of(),
                "tags",
                List.of(),
                "bindings",
                List.of()));
    python.sync(created.is(201));
    python.act(python.fetch("service", "pyweb"), "start");
    var service = python.fetch("service", created.text("uuid").substring(0, 8));
    assertThat(service.path("state").asString()).isEqualTo("Running");
    assertThat(python.list("container", Map.of("service", uri(service)))).hasSize(2);
    python.sync(python.send("PATCH", uri(service), Map.of("target_num_containers", 3)).is(200));
    python.act(service, "scale");
    assertThat(python.list("container", Map.of("service", uri(service), "state", "Running")))
        .hasSize(3);
    var variables = new ArrayList<Object>(List.of(Map.of("key", "B", "value", "2")));
    python.sync(python.send("PATCH", uri(service), Map.of("container_envvars", variables)).is(200));
    assertThat(python.fetch("service", "pyweb").path("synchronized").asBoolean()).isFalse();
    python.sync(python.send("POST", uri(service) + "redeploy/?reuse_volumes=True", null).is(202));
    assertThat(python.fetch("service", "pyweb").path("synchronized").asBoolean()).isTrue();
    assertThat(python.api.stream(uri(service) + "logs/?follow=false&tail=10")).isNotNull();
    var trigger = python.send("POST", uri(service) + "/trigger/", Map.of("name", "t")).json();
    assertThat(trigger.path("url").asString()).endsWith("/call/");
    python.act(service, "stop");
    python.sync(python.send("DELETE", uri(service), null).is(202));
    assertThat(python.fetch("service", "pyweb").path("state").asString()).isEqualTo("Terminated");
  }

  @Test
  void bringsAStackfileUpAsThePythonKitDoes() {
    var python = new PythonClient(slipway.api());
    var stack =
        python.send(
            "POST",
            APP + "stack/",
            Map.of(
                "name",
                "pystack",
                "services",
                List.of(
                    Map.of(
                        "image",
                        "dockercloud/haproxy",
                        "links",
                        List.of("web"),
                        "ports",
                        List.of("8080:80"),
                        "roles",
                        List.of("global"),
                        "name",
                        "lb"),
                    Map.of(
                        "image",
                        "dockercloud/quickstart-python",
                        "environment",
                        Map.of("A", "b"),
                        "target_num_containers",
                        2,
                        "name",
                        "web"))));
    python.sync(stack.is(201));
    python.act(stack.json(), "start");
    var up = python.fetch("stack", "pystack");
    assertThat(up.path("state").asString()).isEqualTo("Running");
    assertThat(up.path("services").size()).isEqualTo(2);
    assertThat(python.list("service", Map.of("stack", uri(up)))).hasSize(2);
    assertThat(python.list("container", Map.of("service__stack__name", "pystack"))).hasSize(3);
    var exported = python.send("GET", uri(up) + "export/", null).is(200).json();
    assertThat(exported.toString()).contains("dockercloud/haproxy");
    python.sync(python.send("DELETE", uri(up), null).is(202));
  }

  /**
   * Sends an empty object with every request that needs no body, never a content type; follows
   * {@code next} as it is from its sixth character on; and reads numbers, objects and words only
   * where it expects them.
   */
  private static final class LikeGo {

    private final Api api = slipway.api();

    private JsonNode send(String method, String path, Object body) {
      var text = body == null ? "{}" : JSON.writeValueAsString(body);
      var answer =
          api.call(
              method,
              path,
              text,
              "Accept",
              "application/json",
              "User-Agent",
              "go-dockercloud/1.0.8");
      assertThat(answer.status()).as(answer.raw().body()).isLessThan(300);
      return answer.json();
    }

    List<JsonNode> list(String path) {
      var all = new ArrayList<JsonNode>();
      var next = path.substring(5);
      while (true) {
        var page = send("GET", "/api/" + next, null);
        page.path("objects").forEach(all::add);
        if (page.path("meta").path("next").isNull()) {
          all.forEach(LikeGo::requireTypes);
          return all;
        }
        next = page.path("meta").path("next").asString().substring(5);
      }
    }

    private static void requireTypes(JsonNode service) {
      for (var port : service.path("container_ports")) {
        assertThat(port.path("inner_port").isIntegralNumber()).isTrue();
        assertThat(port.path("outer_port").isIntegralNumber() || port.path("outer_port").isNull())
            .isTrue();
        assertThat(port.path("published").isBoolean()).isTrue();
      }
      for (var tag : service.path("tags")) {
        assertThat(tag.path("name").isString()).isTrue();
      }
      for (var number : List.of("target_num_containers", "current_num_containers")) {
        assertThat(service.path(number).isIntegralNumber()).isTrue();
      }
      assertThat(service.path("synchronized").isBoolean()).isTrue();
    }
  }

  @Test
  void carriesAServiceThroughTheCallsOfTheGoKit() {
    var go = new LikeGo();
    for (int i = 0; i < 30; i++) {
      go.send("POST", APP + "service/", Map.of("image", "tutum/hello-world", "name", "go-" + i));
    }
    assertThat(go.list(APP + "service/").size()).isGreaterThanOrEqualTo(30);
    var created =
        go.send(
            "POST",
            APP + "service/",
            Map.of(
                "bindings",
                List.of(Map.of("container_path", "/d", "host_path", "", "rewritable", false)),
                "container_ports",
                List.of(
                    Map.of("container", "", "inner_port", 80, "outer_port", 0, "protocol", "tcp")),
                "image",
                "tutum/hello-world",
                "name",
                "goapp",
                "tags",
                List.of(),
                "target_num_containers",
                2));
    go.send("POST", uri(created) + "start/", null);
    awaitState(go, uri(created), "Running");
    go.send("PATCH", uri(created), Map.of("target_num_containers", 1));
    go.send("POST", uri(created) + "scale/", null);
    awaitState(go, uri(created), "Running");
    go.send("POST", uri(created) + "redeploy/", null);
    awaitState(go, uri(created), "Running");
    var trigger =
        go.send(
            "POST", uri(created) + "trigger/", Map.of("name", "again", "operation", "REDEPLOY"));
    go.send("POST", trigger.path("url").asString(), null);
    awaitState(go, uri(created), "Running");
    go.send("DELETE", trigger.path("resource_uri").asString(), null);
    go.send("POST", uri(created) + "stop/", null);
    awaitState(go, uri(created), "Stopped");
    go.send("DELETE", uri(created), null);
    awaitState(go, uri(created), "Terminated");
  }

  private static void awaitState(LikeGo go, String uri, String state) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(go.send("GET", uri, null).path("state").asString()).isEqualTo(state));
  }

  private static String uri(JsonNode thing) {
    return thing.path("resource_uri").asString();
  }
}
