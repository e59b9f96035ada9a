package dev.slipway.acceptance;

import static dev.slipway.acceptance.Api.SERVICES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What scenarios ask of services over the API, and wait for. */
abstract class ServiceCalls {

  /** A call that takes a second on an idle machine may take a minute on a busy one. */
  static final Duration PATIENCE = Duration.ofMinutes(3);

  final Api api;
  final Engine engine;

  ServiceCalls(Api api, Engine engine) {
    this.api = api;
    this.engine = engine;
  }

  String create(String name, Map<String, ?> more) {
    var body = new HashMap<String, Object>(more);
    body.putIfAbsent("run_command", "httpd -f -p 80 -h /www");
    body.put("container_envvars", List.of(Map.of("key", "COLOUR", "value", "red")));
    body.put("image", Engine.IMAGE);
    body.put("name", name);
    return api.post(SERVICES, body).is(201).text("resource_uri");
  }

  String running(String name, Map<String, ?> more) {
    var uri = started(name, more);
    awaitState(uri, "Running");
    return uri;
  }

  /** Its containers may have ended again. */
  String started(String name, Map<String, ?> more) {
    var uri = create(name, more);
    awaitAction(api.post(uri + "start/").is(202), "Success");
    return uri;
  }

  void end(String uri) {
    api.delete(uri).is(202);
    awaitState(uri, "Terminated");
    assertThat(engine.containersOf(uuid(uri))).isEmpty();
  }

  String uuid(String uri) {
    return api.get(uri).is(200).text("uuid");
  }

  void awaitState(String uri, String state) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(() -> assertThat(api.get(uri).is(200).text("state")).isEqualTo(state));
  }

  void awaitAction(Api.Answer asked, String state) {
    var action = asked.raw().headers().firstValue("X-DockerCloud-Action-URI").orElseThrow();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> !api.get(action).is(200).text("state").equals("In progress"));
    var ended = api.get(action).is(200);
    assertThat(ended.text("state")).as(ended.raw().body()).isEqualTo(state);
  }

  List<JsonNode> containers(String uri) {
    var list = api.get("/api/app/v1/container/?service=" + uri).is(200).json();
    return list.path("objects")
        .valueStream()
        .filter(container -> !container.path("state").asString().equals("Terminated"))
        .map(container -> api.get(container.path("resource_uri").asString()).is(200).json())
        .toList();
  }

  String exec(String uri, String command) {
    var container = containers(uri).getFirst().path("resource_uri").asString();
    var asked = URLEncoder.encode(command, StandardCharsets.UTF_8);
    try {
      return api.terminal(container + "exec/?command=" + asked, "");
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  List<JsonNode> lines(String uri) {
    try {
      return api.stream(uri + "logs/?follow=false&since=2000-01-01T00%3A00%3A00Z");
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  static List<String> of(String stream, List<JsonNode> lines) {
    return lines.stream()
        .filter(line -> line.path("streamType").asString().equals(stream))
        .map(line -> line.path("log").asString().stripTrailing())
        .toList();
  }

  void awaitLines(String uri, String... expected) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(of("stdout", lines(uri))).containsExactly(expected));
  }
}
