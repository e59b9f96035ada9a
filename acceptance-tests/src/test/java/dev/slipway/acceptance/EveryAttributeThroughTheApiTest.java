package dev.slipway.acceptance;

import static dev.slipway.acceptance.Api.SERVICES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import dev.slipway.agent.engine.AttributeRows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;

/** All that can be set of a container, from a request to what the Engine shows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryAttributeThroughTheApiTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final DockerClient docker = DockerClientFactory.instance().client();
  private final Engine engine = new Engine();
  private Slipway slipway;

  @BeforeAll
  void start(@TempDir Path data) {
    slipway = Slipway.up(data, Program.freePort(), Program.freePort());
  }

  @AfterAll
  void stop() {
    slipway.close();
  }

  private String create(String name, Map<String, ?> attributes) {
    var body = new HashMap<String, Object>(Map.of("image", Engine.IMAGE));
    body.putAll(attributes);
    body.put("name", name);
    return slipway.api().post(SERVICES, body).is(201).text("resource_uri");
  }

  /** Started, with one container; it is the caller's to end it. */
  private String service(String name, Map<String, ?> attributes) {
    var uri = create(name, attributes);
    slipway.api().post(uri + "start/").is(202);
    return uri;
  }

  private InspectContainerResponse container(String uri) {
    await().atMost(PATIENCE).until(() -> !state(uri).equals("Starting"));
    var uuid = slipway.api().get(uri).text("uuid");
    await().atMost(PATIENCE).until(() -> !engine.containersOf(uuid).isEmpty());
    return docker.inspectContainerCmd(engine.containersOf(uuid).getFirst().getId()).exec();
  }

  private void end(String uri) {
    var uuid = slipway.api().get(uri).text("uuid");
    slipway.api().delete(uri).is(202);
    await().atMost(PATIENCE).until(() -> engine.containersOf(uuid).isEmpty());
  }

  private static boolean startsPrivileged() throws Exception {
    try {
      OwnEngine.run("docker", "run", "--rm", "--privileged", Engine.IMAGE, "true");
      return true;
    } catch (IllegalStateException refused) {
      return false;
    }
  }

  @Test
  void reachesTheEngine() throws Exception {
    var softly = new SoftAssertions();
    for (var row : AttributeRows.ROWS) {
      if (row.attribute().equals("privileged") && !startsPrivileged()) {
        continue; // the Engine is itself in something that forbids it
      }
      var uri = service("row", row.attributes());
      softly.assertThat(row.seen().apply(container(uri))).as("%s", row).isEqualTo(row.expected());
      end(uri);
    }
    softly.assertAll();
  }

  /** Fault 16: seen from inside, as a proxy sees it. */
  @Test
  void containersOfTheRoleGlobalReachTheApiWithTheirLogin() {
    var call =
        "sh -c 'wget -q -O - --header \"Authorization: $DOCKERCLOUD_AUTH\""
            + " $DOCKERCLOUD_REST_HOST$DOCKERCLOUD_SERVICE_API_URI; echo; echo ended; sleep 600'";
    var global = service("global", Map.of("roles", List.of("global"), "run_command", call));
    awaitLines(global, "\"resource_uri\":\"%s\"".formatted(global), "ended");
    var other = service("other", Map.of("run_command", call));
    awaitLines(other, "401", "ended");
    end(global);
    end(other);
  }

  private void awaitLines(String uri, String... parts) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              var lines = slipway.api().stream(uri + "logs/?follow=false");
              assertThat(lines.stream().map(line -> line.path("log").asString()).toList())
                  .asString()
                  .contains(parts);
            });
  }

  @Test
  void comesWithTheVariablesOfLinksAndOfTheSystem() {
    var page = Map.of("protocol", "tcp", "inner_port", 80);
    var key = Map.of("key", "COLOUR", "value", "red");
    var target =
        service(
            "target", Map.of("container_ports", List.of(page), "container_envvars", List.of(key)));
    await().atMost(PATIENCE).until(() -> slipway.api().get(target).text("state").equals("Running"));
    var link = Map.of("to_service", "target", "name", "db");
    var uri = service("linked", Map.of("linked_to_service", List.of(link)));
    assertThat(container(uri).getConfig().getEnv())
        .contains(
            "DB_ENV_COLOUR=red",
            "DB_1_ENV_COLOUR=red",
            "DB_1_PORT_80_TCP_PORT=80",
            "DOCKERCLOUD_SERVICE_API_URI=" + uri,
            "DOCKERCLOUD_CONTAINER_HOSTNAME=linked-1");
    end(uri);
    end(target);
  }

  @Test
  void knowsTheServicesOfItsStackByTheirBareNames() throws Exception {
    var services = new ArrayList<List<String>>();
    for (var stack : List.of("red", "blue")) {
      var web = Map.of("name", "web", "image", Engine.IMAGE);
      var db = Map.of("name", "db", "image", Engine.IMAGE);
      var made =
          slipway
              .api()
              .post("/api/app/v1/stack/", Map.of("name", stack, "services", List.of(web, db)))
              .is(201);
      slipway.api().post(made.text("resource_uri") + "start/").is(202);
      services.add(made.json().path("services").valueStream().map(uri -> uri.asString()).toList());
    }
    for (var stack : services) {
      for (var uri : stack) {
        await().atMost(PATIENCE).until(() -> state(uri).equals("Running"));
      }
    }
    for (var stack : services) {
      var web = container(stack.getFirst());
      var networks = container(stack.getLast()).getNetworkSettings().getNetworks().values();
      assertThat(OwnEngine.run("docker", "exec", web.getId(), "nslookup", "db"))
          .contains(networks.iterator().next().getIpAddress())
          .containsOnlyOnce("Name:");
    }
    services.forEach(stack -> stack.forEach(this::end));
  }

  @Test
  void doesNotGetBeyondTheHostPathsOfItsNamespaceByALink(@TempDir Path folder) throws Exception {
    var link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/usr/share"));
    var policy = "/api/account/v1/policy/" + Slipway.USER + "/";
    slipway.api().patch(policy, Map.of("host_paths", List.of(folder.toString()))).is(200);
    try {
      var binding = Map.of("host_path", link.toString(), "container_path", "/outer");
      var uri = create("escapes", Map.of("bindings", List.of(binding)));
      var asked = slipway.api().post(uri + "start/").is(202);
      var action = asked.raw().headers().firstValue("X-DockerCloud-Action-URI").orElseThrow();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(slipway.api().get(action).json().path("reason").asString(""))
                      .contains("leads to /usr/share", "not below the host_paths"));
      slipway.api().delete(uri).is(202);
    } finally {
      slipway.api().patch(policy, Map.of("host_paths", List.of("/"))).is(200);
    }
  }

  private String state(String uri) {
    return slipway.api().get(uri).text("state");
  }
}
