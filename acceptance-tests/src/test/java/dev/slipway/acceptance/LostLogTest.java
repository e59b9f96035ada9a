package dev.slipway.acceptance;

import static dev.slipway.acceptance.Api.SERVICES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.model.Container;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an operator may do to a data folder between two starts, with real containers that run
 * meanwhile. None of them may be touched.
 */
class LostLogTest {

  /** Longer than an agent waits before it removes a container that is not wanted. */
  private static final Duration LONGER_THAN_GRACE = Duration.ofSeconds(45);

  private final Engine engine = new Engine();
  private final int port = Program.freePort();
  private final int kafkaPort = Program.freePort();
  private final List<String> services = new ArrayList<>();
  @TempDir Path folder;

  @AfterEach
  void removeContainers() {
    services.forEach(engine::removeAllOf);
  }

  private Slipway up(Path data) throws IOException {
    Files.createDirectories(data);
    return Slipway.up(data, port, kafkaPort);
  }

  private String run(Api api, String name) {
    var created =
        api.post(SERVICES, Map.of("image", Engine.IMAGE, "name", name, "target_num_containers", 2))
            .is(201);
    services.add(created.text("uuid"));
    var uri = created.text("resource_uri");
    api.post(uri + "start/").is(202);
    awaitState(api, uri, "Running");
    return uri;
  }

  private static void awaitState(Api api, String uri, String state) {
    await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(() -> assertThat(api.get(uri).text("state")).isEqualTo(state));
  }

  /** The Engine's ids of what runs: a container that was made again has another. */
  private Set<String> running() {
    return services.stream()
        .flatMap(service -> engine.containersOf(service).stream())
        .filter(container -> container.getState().equals("running"))
        .map(Container::getId)
        .collect(Collectors.toSet());
  }

  private static void delete(Path path) throws IOException {
    try (var files = Files.walk(path)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("cp", "-a", from.toString(), to.toString()).start().waitFor())
        .isZero();
  }

  @Test
  void kafkasFolderIsDeletedAndFilledAgain() throws Exception {
    var data = folder.resolve("data");
    Set<String> before;
    String uri;
    try (var slipway = up(data)) {
      uri = run(slipway.api(), "kept");
      before = running();
      assertThat(before).hasSize(2);
    }
    delete(data.resolve("kafka"));
    try (var slipway = up(data)) {
      awaitState(slipway.api(), uri, "Running");
      await()
          .atMost(LONGER_THAN_GRACE.plusSeconds(30))
          .during(LONGER_THAN_GRACE)
          .until(() -> running().equals(before));
      slipway.api().post(uri + "stop/").is(202);
      awaitState(slipway.api(), uri, "Stopped");
    }
  }

  @Test
  void anOlderCopyOfTheWholeFolderKeepsWhatOnlyTheNewerStateKnew() throws Exception {
    var data = folder.resolve("data");
    String old;
    try (var slipway = up(data)) {
      old = run(slipway.api(), "old");
    }
    copy(data, folder.resolve("copy"));
    Set<String> before;
    String newer;
    try (var slipway = up(data)) {
      newer = run(slipway.api(), "newer");
      before = running();
      assertThat(before).hasSize(4);
    }
    delete(data);
    copy(folder.resolve("copy"), data);
    try (var slipway = up(data)) {
      var api = slipway.api();
      awaitState(api, old, "Running");
      await()
          .atMost(LONGER_THAN_GRACE.plusSeconds(30))
          .during(LONGER_THAN_GRACE)
          .until(() -> running().equals(before));
      api.get(newer).is(404);
      var node = api.get("/api/infra/v1/node/").json().path("objects").path(0);
      assertThat(node.path("agent_problem").isNull()).as(node.toString()).isTrue();
      assertThat(node.path("unowned_containers").size()).as(node.toString()).isEqualTo(2);
    }
  }

  @Test
  void kafkaIsOlderThanPostgresql() throws Exception {
    var data = folder.resolve("data");
    try (var slipway = up(data)) {
      run(slipway.api(), "old");
    }
    copy(data.resolve("kafka"), folder.resolve("kafka-copy"));
    Set<String> before;
    String newer;
    try (var slipway = up(data)) {
      newer = run(slipway.api(), "newer");
      before = running();
    }
    delete(data.resolve("kafka"));
    copy(folder.resolve("kafka-copy"), data.resolve("kafka"));
    try (var slipway = up(data)) {
      awaitState(slipway.api(), newer, "Running");
      await()
          .atMost(LONGER_THAN_GRACE.plusSeconds(30))
          .during(LONGER_THAN_GRACE)
          .until(() -> running().equals(before));
    }
  }

  @Test
  void postgresqlIsOlderThanKafka() throws Exception {
    var data = folder.resolve("data");
    String old;
    try (var slipway = up(data)) {
      old = run(slipway.api(), "old");
    }
    copy(data.resolve("postgres"), folder.resolve("postgres-copy"));
    Set<String> before;
    String newer;
    try (var slipway = up(data)) {
      newer = run(slipway.api(), "newer");
      before = running();
    }
    delete(data.resolve("postgres"));
    copy(folder.resolve("postgres-copy"), data.resolve("postgres"));
    try (var slipway = up(data)) {
      awaitState(slipway.api(), old, "Running");
      await()
          .atMost(LONGER_THAN_GRACE.plusSeconds(30))
          .during(LONGER_THAN_GRACE)
          .until(() -> running().equals(before));
      slipway.api().get(newer).is(404);
      slipway.api().post(old + "stop/").is(202);
      awaitState(slipway.api(), old, "Stopped");
    }
  }
}
