package dev.slipway.acceptance;

import static dev.slipway.acceptance.Api.SERVICES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** The whole life of a service, as a user lives it: read it from top to bottom. */
final class ServiceLifeScenario {

  private static final Duration PATIENCE = ServiceCalls.PATIENCE;

  private final Api api;
  private final Engine engine;
  private final String host;
  private String uuid = "";
  private String uri = "";

  ServiceLifeScenario(Api api, Engine engine) {
    this(api, engine, "127.0.0.1");
  }

  /**
   * @param host where ports that the Engine publishes are reached
   */
  ServiceLifeScenario(Api api, Engine engine, String host) {
    this.api = api;
    this.engine = engine;
    this.host = host;
  }

  void play() throws Exception {
    try {
      isCreatedWithoutContainers();
      startsTwoContainers();
      answersOnItsPublishedPorts();
      showsItsLogs();
      runsACommandInAContainer();
      scalesToFourAndToOne();
      showsAChangedVariableAfterARedeploy();
      stopsAndStartsAgain();
      isTerminatedWithNothingLeft();
    } finally {
      engine.removeAllOf(uuid);
    }
  }

  private void isCreatedWithoutContainers() {
    var created =
        api.post(
                SERVICES,
                Map.of(
                    "image",
                    Engine.IMAGE,
                    "name",
                    "web",
                    "target_num_containers",
                    2,
                    "run_command",
                    "/bin/sh -c 'echo serving; exec httpd -f -p 80 -h /www'",
                    "container_envvars",
                    List.of(Map.of("key", "COLOUR", "value", "red")),
                    "container_ports",
                    List.of(Map.of("protocol", "tcp", "inner_port", "80", "published", true))))
            .is(201);
    uuid = created.text("uuid");
    uri = created.text("resource_uri");
    assertThat(created.text("state")).isEqualTo("Not running");
    assertThat(created.text("image_name")).isEqualTo(Engine.IMAGE);
    assertThat(actionOf(created).text("state")).isEqualTo("Success");
    assertThat(api.get(uri).is(200).json().path("current_num_containers").asInt()).isZero();
    assertThat(engine.containersOf(uuid)).isEmpty();
  }

  private void startsTwoContainers() {
    var started = api.post(uri + "start/").is(202);
    assertThat(started.text("state")).isEqualTo("Starting");
    assertThat(actionOf(started).text("state")).isIn("In progress", "Success");
    awaitState("Running");
    assertThat(actionOf(started).text("state")).isEqualTo("Success");
    assertThat(engine.runningOf(uuid)).isEqualTo(2);
    assertThat(api.get(SERVICES + "?name=web&state=Running").json().path("objects"))
        .extracting(service -> service.path("uuid").asString())
        .contains(uuid);
    var node = containers().getFirst().path("node").asString();
    assertThat(api.get(node).is(200).text("state")).isEqualTo("Deployed");
  }

  private void answersOnItsPublishedPorts() {
    assertThat(containers()).extracting(c -> c.path("name").asString()).contains("web-1", "web-2");
    for (var container : containers()) {
      int port = container.path("container_ports").path(0).path("outer_port").asInt();
      await().atMost(PATIENCE).until(() -> api.page(host, port).contains("hello"));
    }
  }

  private void showsItsLogs() throws Exception {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(api.stream(uri + "logs/?follow=false&tail=50"))
                    .extracting(line -> line.path("source").asString())
                    .contains("web-1", "web-2"));
    var line = api.stream(uri + "logs/?follow=false&tail=1").getFirst();
    assertThat(line.path("type").asString()).isEqualTo("log");
    assertThat(line.path("log").asString()).isEqualTo("serving\n");
    assertThat(line.path("streamType").asString()).isEqualTo("stdout");
    assertThat(line.path("timestamp").isIntegralNumber()).isTrue();
  }

  private void runsACommandInAContainer() throws Exception {
    var container = containers().getFirst().path("resource_uri").asString();
    var shown = api.stream(container + "exec/?command=sh%20-c%20%27echo%20$COLOUR%27");
    assertThat(
            String.join("", shown.stream().map(frame -> frame.path("output").asString()).toList()))
        .isEqualTo("red\r\n");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              var session =
                  api.get("/api/audit/v1/action/?object=" + container).json().path("objects");
              assertThat(session.path(0).path("action").asString()).isEqualTo("Container Exec");
              assertThat(session.path(0).path("state").asString()).isEqualTo("Success");
            });
  }

  private void scalesToFourAndToOne() {
    scaleTo(4);
    assertThat(containers())
        .extracting(c -> c.path("name").asString())
        .containsExactlyInAnyOrder("web-1", "web-2", "web-3", "web-4");
    scaleTo(1);
    assertThat(containers()).extracting(c -> c.path("name").asString()).containsExactly("web-1");
    await().atMost(PATIENCE).until(() -> engine.containersOf(uuid).size() == 1);
  }

  private void scaleTo(int containers) {
    api.patch(uri, Map.of("target_num_containers", containers)).is(200);
    api.post(uri + "scale/").is(202);
    awaitState("Running");
    assertThat(engine.runningOf(uuid)).isEqualTo(containers);
  }

  private void showsAChangedVariableAfterARedeploy() {
    var before = containers().getFirst().path("uuid").asString();
    var changed =
        api.patch(
                uri, Map.of("container_envvars", List.of(Map.of("key", "COLOUR", "value", "blue"))))
            .is(200);
    assertThat(changed.json().path("synchronized").asBoolean()).isFalse();
    assertThat(api.post(uri + "redeploy/?reuse_volumes=True").is(202).text("state"))
        .isEqualTo("Redeploying");
    awaitState("Running");
    assertThat(containers().getFirst().path("uuid").asString()).isNotEqualTo(before);
    assertThat(api.get(uri).json().path("synchronized").asBoolean()).isTrue();
    assertThat(engine.environment(engine.containersOf(uuid).getFirst().getId()))
        .contains("COLOUR=blue", "DOCKERCLOUD_SERVICE_API_URI=" + uri);
  }

  private void stopsAndStartsAgain() {
    api.post(uri + "stop/").is(202);
    awaitState("Stopped");
    assertThat(engine.runningOf(uuid)).isZero();
    var refused = api.post(uri + "stop/").is(409);
    assertThat(refused.text("error")).contains("Stopped");
    assertThat(actionOf(refused).text("state")).isEqualTo("Failed");
    api.post(uri + "start/").is(202);
    awaitState("Running");
    assertThat(engine.runningOf(uuid)).isEqualTo(1);
  }

  private void isTerminatedWithNothingLeft() {
    assertThat(api.delete(uri).is(202).text("state")).isEqualTo("Terminating");
    awaitState("Terminated");
    assertThat(engine.containersOf(uuid)).isEmpty();
    assertThat(api.get(uri).json().path("containers").size()).isZero();
  }

  private Api.Answer actionOf(Api.Answer answer) {
    var action = answer.raw().headers().firstValue("X-DockerCloud-Action-URI").orElseThrow();
    return api.get(action).is(200);
  }

  private void awaitState(String state) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(() -> assertThat(api.get(uri).is(200).text("state")).isEqualTo(state));
  }

  private List<JsonNode> containers() {
    var list = api.get("/api/app/v1/container/?service=" + uri).is(200).json().path("objects");
    return StreamSupport.stream(list.spliterator(), false)
        .filter(container -> !container.path("state").asString().equals("Terminated"))
        .map(container -> api.get(container.path("resource_uri").asString()).is(200).json())
        .toList();
  }
}
