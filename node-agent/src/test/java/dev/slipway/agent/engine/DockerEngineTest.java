package dev.slipway.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipway.agent.Samples;
import dev.slipway.agent.engine.Found.State;
import dev.slipway.docker.EngineConnection;
import dev.slipway.model.Uuids;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.Assignment.Wanted;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the Engine of this machine; where one was promised, its absence is a failure. */
class DockerEngineTest {

  private final DockerEngine engine =
      new DockerEngine(
          EngineConnection.to(null),
          new EngineDefaults("127.0.0.1", 4096, "50m", 3, null, true, null));
  private final NodeId node = new NodeId(Uuids.random());
  private final ServiceId web = new ServiceId(Uuids.random());

  @BeforeEach
  void needAnEngine() {
    if (!"true".equals(System.getenv("SLIPWAY_REQUIRE_DOCKER"))) {
      try {
        Assumptions.assumeTrue(
            engine.image("demo/hello:latest").isPresent(), "there is no test image");
      } catch (EngineUnavailable none) {
        Assumptions.abort("there is no Docker Engine");
      }
    }
  }

  @AfterEach
  void removeAll() throws Exception {
    engine.list(node).forEach(found -> engine.remove(found.engineId()));
    engine.tidy(node, Duration.ZERO);
    engine.close();
  }

  private Assignment wanted(Object... attributes) {
    return Samples.assignment(node, web, 1, Wanted.RUNNING, 1, attributes);
  }

  private String create(Assignment assignment) {
    return engine.create(node, assignment, engine.image("demo/hello:latest").orElseThrow());
  }

  private Found found(Assignment assignment) {
    return engine.find(node, assignment.container()).orElseThrow();
  }

  @Test
  void carriesAContainerThroughItsLife() {
    var assignment =
        wanted(
            "container_ports",
            List.of(
                Map.of("protocol", "tcp", "inner_port", 80, "published", true),
                Map.of("protocol", "udp", "inner_port", 5353)));
    var changes = new CopyOnWriteArrayList<Found.Labels>();
    try (var _ = engine.watch(node, watcher(changes))) {
      var id = create(assignment);
      assertThat(found(assignment).state()).isEqualTo(State.CREATED);
      engine.start(id);
      engine.start(id);
      var running = found(assignment);
      assertThat(running.state()).isEqualTo(State.RUNNING);
      assertThat(running.ipAddress()).isNotNull();
      assertThat(running.gateway()).isNotNull();
      assertThat(running.ports())
          .singleElement()
          .satisfies(p -> assertThat(p.innerPort()).isEqualTo(80));
      assertThat(running.labels().container()).isEqualTo(assignment.container());
      engine.stop(id, Duration.ofSeconds(5));
      assertThat(found(assignment).state()).isEqualTo(State.EXITED);
      engine.remove(id);
      engine.remove(id);
      assertThat(engine.list(node)).isEmpty();
      await().untilAsserted(() -> assertThat(changes).hasSizeGreaterThanOrEqualTo(3));
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static Engine.Watcher watcher(List<Found.Labels> changes) {
    return new Engine.Watcher() {
      @Override
      public void changed(Found.Labels container) {
        changes.add(container);
      }

      @Override
      public void ended() {}
    };
  }

  @Test
  void tellsHowAContainerEndedAndWhatItWrote() {
    var assignment = wanted("run_command", "sh -c 'echo out; echo err >&2; exit 3'");
    engine.start(create(assignment));
    await().until(() -> found(assignment).state() == State.EXITED);
    var end = found(assignment).end();
    assertThat(end).isNotNull();
    assertThat(end.exitCode()).isEqualTo(3);
    var written = new CopyOnWriteArrayList<String>();
    var ended = new CopyOnWriteArrayList<String>();
    var _ =
        engine.logs(
            found(assignment).engineId(),
            Instant.EPOCH,
            true,
            new Engine.LogSink() {
              @Override
              public void bytes(boolean stderr, byte[] bytes) {
                var text = new String(bytes, StandardCharsets.UTF_8).split(" ", 2)[1];
                written.add((stderr ? "err:" : "out:") + text.strip());
              }

              @Override
              public void ended() {
                ended.add("ended");
              }
            });
    await().until(() -> !ended.isEmpty());
    assertThat(written).containsExactlyInAnyOrder("out:out", "err:err");
  }

  @Test
  void saysWhyTheEngineRefuses() {
    assertThatThrownBy(() -> create(wanted("image", "no/such-image:1")))
        .isInstanceOf(EngineRefused.class)
        .hasMessageContaining("No such image");
    var wrongNetwork = wanted("mac_address", "ff:ff:ff:ff:ff:ff");
    var id = create(wrongNetwork);
    assertThatThrownBy(() -> engine.start(id)).isInstanceOf(EngineRefused.class);
  }

  @Test
  void bindsWhereAPathReallyLeads(@TempDir Path folder) throws IOException {
    var there = Files.createDirectory(folder.toRealPath().resolve("there"));
    var link = Files.createSymbolicLink(folder.resolve("link"), there);
    var binding = Map.of("host_path", link.toString(), "container_path", "/data");
    var bound = wanted("bindings", List.of(binding), "run_command", "sh -c 'echo > /data/seen'");
    engine.start(create(bound));
    await().until(() -> Files.exists(there.resolve("seen")));
    Files.delete(link);
    Files.createSymbolicLink(link, Path.of("/var/lib/docker"));
    assertThatThrownBy(() -> create(bound))
        .isInstanceOf(EngineRefused.class)
        .hasMessageContaining("leads to an Engine");
  }

  /** The Engine's init runs first, so that a missing program is an end and no refusal. */
  @Test
  void tellsOfAProgramThatIsNotThere() {
    var assignment = wanted("run_command", "/no/such/program");
    engine.start(create(assignment));
    await().until(() -> found(assignment).state() == State.EXITED);
    assertThat(found(assignment).end()).extracting(Found.End::exitCode).isEqualTo(127);
  }
}
