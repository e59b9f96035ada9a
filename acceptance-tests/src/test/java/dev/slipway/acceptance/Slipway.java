package dev.slipway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A running Slipway, all in one process, with its data in a folder. */
final class Slipway implements AutoCloseable {

  static final String USER = "admin";
  static final String API_KEY = "0123456789abcdef0123456789abcdef01234567";
  private static final Duration LONGEST_START = Duration.ofMinutes(10);

  private final Program program;
  private final String base;

  private Slipway(Program program, String base) {
    this.program = program;
    this.base = base;
  }

  static Slipway up(Path data, int port, int kafkaPort) {
    return up(data, port, kafkaPort, Map.of());
  }

  /** On free ports, with containers that are simulated: nothing of the API depends on them. */
  static Slipway simulated(Path data) {
    return simulated(data, Map.of());
  }

  static Slipway simulated(Path data, Map<String, String> settings) {
    return simulated(data, Program.freePort(), Program.freePort(), settings);
  }

  static Slipway simulated(Path data, int port, int kafkaPort, Map<String, String> settings) {
    return up(data, port, kafkaPort, settings, "--simulated");
  }

  /** On the host of another Engine: in its network, as a Slipway beside it is. */
  static Slipway beside(DebianEngine engine, Path data, Map<String, String> settings)
      throws Exception {
    var environment = new HashMap<>(settings);
    environment.putIfAbsent("DOCKER_HOST", engine.host());
    environment.put("SLIPWAY_BIND", "0.0.0.0");
    environment.put("SLIPWAY_NODE_ADDRESS", engine.address());
    int port = Program.freePort();
    return up(
        program(engine.inItsNetwork(), data, port, Program.freePort(), environment),
        "http://%s:%d".formatted(engine.address(), port));
  }

  static Slipway up(
      Path data, int port, int kafkaPort, Map<String, String> settings, String... more) {
    return up(
        program(List.of(), data, port, kafkaPort, settings, more), "http://127.0.0.1:" + port);
  }

  private static Program program(
      List<String> by,
      Path data,
      int port,
      int kafkaPort,
      Map<String, String> settings,
      String... more) {
    var arguments = new ArrayList<>(List.of(more));
    Collections.addAll(arguments, "--port", Integer.toString(port), "--data", data.toString());
    var environment = new HashMap<>(settings);
    environment.put("SLIPWAY_APIKEY", API_KEY);
    environment.put("SLIPWAY_QUOTA_WRITES_PER_SECOND", "100000");
    environment.put("SLIPWAY_KAFKA_PORT", Integer.toString(kafkaPort));
    environment.put("SLIPWAY_NODE_NAME", "here");
    return Program.standalone(
        by, environment, data.resolve("output.txt"), arguments.toArray(String[]::new));
  }

  private static Slipway up(Program program, String base) {
    var slipway = new Slipway(program, base);
    try {
      awaitReady(program, slipway.base);
      awaitNode(slipway.api());
    } catch (Throwable failure) {
      slipway.close();
      throw failure;
    }
    return slipway;
  }

  static void awaitReady(Program program, String base) {
    await()
        .atMost(LONGEST_START)
        .pollInterval(Duration.ofMillis(100))
        .failFast(() -> assertThat(program.isAlive()).as(program.printed()).isTrue())
        .untilAsserted(
            () ->
                assertThat(status(base + "/actuator/health/readiness"))
                    .as(program.printed())
                    .isEqualTo(200));
  }

  /** Containers can be placed once a node has registered. */
  static void awaitNode(Api api) {
    await()
        .atMost(LONGEST_START)
        .ignoreExceptions()
        .until(
            () ->
                api.get("/api/infra/v1/node/?state=Deployed")
                        .json()
                        .path("meta")
                        .path("total_count")
                        .asInt()
                    > 0);
  }

  private static int status(String uri) {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(uri)).timeout(Duration.ofSeconds(2)).build();
      return http.send(request, BodyHandlers.discarding()).statusCode();
    } catch (java.io.IOException notYet) {
      return 0;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  Api api() {
    return new Api(base, base, USER, API_KEY);
  }

  /** For somebody else than the first admin. */
  Api apiOf(String user, String apiKey) {
    return new Api(base, base, user, apiKey);
  }

  String printed() {
    return program.printed();
  }

  void kill() {
    program.kill();
  }

  @Override
  public void close() {
    program.close();
  }
}
