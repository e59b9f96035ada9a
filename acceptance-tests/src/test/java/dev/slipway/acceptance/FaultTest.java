package dev.slipway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.acceptance.EngineTap.Moment;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * One fault at a time, on real Engines; after each an audit finds nothing. Runs only when asked,
 * all of it {@code -Dfaults.times}: see CONTRIBUTING.md.
 */
@EnabledIfSystemProperty(named = "faults.times", matches = "\\d+")
@ParameterizedClass
@MethodSource("times")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultTest {

  @Parameter int time;

  static IntStream times() {
    return IntStream.rangeClosed(1, Integer.getInteger("faults.times", 1));
  }

  private static final String COUNTS =
      "sh -c 'i=0; while true; do i=$((i + 1)); echo $i; sleep 0.5; done'";

  private Install install;
  private Host host;

  @BeforeAll
  void start() throws Exception {
    install = new Install(2, Map.of("SLIPWAY_OPERATION_DEADLINE", "3m"));
    host = install.hosts.getFirst();
  }

  @AfterAll
  void stop() throws Exception {
    if (install != null) {
      FaultTable.write();
      install.close();
    }
  }

  private void recovers(String fault) {
    var recovery = install.recovery();
    FaultTable.add(fault, recovery);
    assertThat(recovery.isClean()).as("%s%n%s", recovery.report(), install.printed()).isTrue();
  }

  /** On the one host that fails here. */
  private String create(String name, int containers, Map<String, ?> more) {
    var body = new HashMap<String, Object>(more);
    body.put("tags", List.of(Map.of("name", "host1")));
    return install.create(name, containers, body);
  }

  private void end(String uri) {
    install.api.delete(uri).is(202);
    install.awaitState(uri, "Terminated");
  }

  @ParameterizedTest
  @CsvSource({
    "before create, POST .*/containers/create, BEFORE",
    "between create and start, POST .*/start, BEFORE",
    "before the report, POST .*/start, AFTER",
  })
  void theAgentIsKilledWhileItStartsAContainer(String when, String call, Moment moment) {
    var uri = create("start", 1, Map.of());
    host.tap.at(call, moment, host::killAgent);
    install.api.post(uri + "start/").is(202);
    await().atMost(Duration.ofSeconds(30)).until(() -> !host.hasAgent());
    host.startAgent();
    install.awaitState(uri, "Running");
    recovers("agent killed " + when);
    end(uri);
  }

  @ParameterizedTest
  @CsvSource({"stop/, POST .*/stop, Stopped", "'', DELETE .*/containers/.*, Terminated"})
  void theAgentIsKilledWhileItEndsAContainer(String operation, String call, String state) {
    var uri = create("end", 1, Map.of());
    install.api.post(uri + "start/").is(202);
    install.awaitState(uri, "Running");
    host.tap.at(call, Moment.DURING, host::killAgent);
    if (operation.isEmpty()) {
      install.api.delete(uri).is(202);
    } else {
      install.api.post(uri + operation).is(202);
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> !host.hasAgent());
    host.startAgent();
    install.awaitState(uri, state);
    recovers("agent killed during " + (operation.isEmpty() ? "remove" : "stop"));
    if (!operation.isEmpty()) {
      end(uri);
    }
  }

  @Test
  void theEngineIsKilledAndStartedAgain() throws Exception {
    var stays = create("stays", 1, Map.of("autorestart", "ALWAYS"));
    var ends = create("ends", 1, Map.of());
    install.api.post(stays + "start/").is(202);
    install.api.post(ends + "start/").is(202);
    install.awaitState(stays, "Running");
    install.awaitState(ends, "Running");
    host.engine.kill();
    host.engine.up();
    install.awaitState(ends, "Stopped");
    install.awaitState(stays, "Running");
    recovers("Engine killed, started again");
    end(stays);
    end(ends);
  }

  /** The agent waits for an answer for 30 s at most. */
  @ParameterizedTest
  @ValueSource(ints = {5, 35})
  void theEngineHangs(int seconds) throws Exception {
    var uri = create("hangs", 2, Map.of());
    host.tap.at("POST .*/start", Moment.DURING, () -> {});
    host.engine.hang();
    install.api.post(uri + "start/").is(202);
    pause(Duration.ofSeconds(seconds));
    assertThat(install.state(uri)).isEqualTo("Starting");
    host.engine.goOn();
    install.awaitState(uri, "Running");
    recovers("Engine hangs for %d s".formatted(seconds));
    end(uri);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 30, 60})
  void theAgentIsCutOffFromKafka(int seconds) {
    var uri = create("cut", 2, Map.of());
    install.api.post(uri + "start/").is(202);
    install.awaitState(uri, "Running");
    install.kafka.far().fallSilent();
    install.api.patch(uri, Map.of("target_num_containers", 1)).is(200);
    install.api.post(uri + "scale/").is(202);
    pause(Duration.ofSeconds(seconds));
    assertThat(install.state(uri)).isEqualTo("Scaling");
    install.kafka.far().mend();
    install.awaitState(uri, "Running");
    recovers("agents cut off from Kafka for %d s".formatted(seconds));
    end(uri);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 30, 60})
  void theCommandSideIsCutOffFromKafka(int seconds) {
    var uri = create("uncommanded", 2, Map.of());
    install.kafka.home().fallSilent();
    install.api.post(uri + "start/").is(202);
    pause(Duration.ofSeconds(seconds));
    install.kafka.home().mend();
    install.awaitState(uri, "Running");
    recovers("command side cut off from Kafka for %d s".formatted(seconds));
    end(uri);
  }

  @ParameterizedTest
  @CsvSource({"agents, true", "command side, false"})
  void theLineToKafkaFlaps(String whose, boolean far) {
    var uri = create("flaps", 2, Map.of());
    install.api.post(uri + "start/").is(202);
    install.awaitState(uri, "Running");
    install.api.post(uri + "redeploy/").is(202);
    var line = far ? install.kafka.far() : install.kafka.home();
    for (int time = 0; time < 10; time++) {
      line.refuse();
      pause(Duration.ofMillis(200));
      line.mend();
      pause(Duration.ofMillis(100));
    }
    install.awaitState(uri, "Running");
    recovers("Kafka flaps ten times, for the " + whose);
    end(uri);
  }

  private static void pause(Duration time) {
    await().pollDelay(time).atMost(time.plusSeconds(1)).until(() -> true);
  }

  @Test
  void somebodyMeddlesWithContainers() throws Exception {
    var uri = create("meddled", 2, Map.of());
    install.api.post(uri + "start/").is(202);
    install.awaitState(uri, "Running");
    var service = "label=dev.slipway.service=" + install.api.get(uri).text("uuid");
    host.engine.docker("kill", host.engine.ids(service).getFirst());
    install.awaitState(uri, "Partly running");
    recovers("container killed by hand");
    host.engine.docker("start", host.engine.ids(service, "status=exited").getFirst());
    recovers("stopped container started by hand");
    host.engine.docker("rm", "-f", host.engine.ids(service, "status=running").getFirst());
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !host.engine.ids(service, "status=running").isEmpty());
    recovers("container removed by hand");
    end(uri);
  }

  @Test
  void anImageIsMissing() {
    var uri = create("imageless", 1, Map.of("image", "127.0.0.1:1/nothing:1"));
    var asked = install.api.post(uri + "start/").is(202);
    assertThat(install.why(asked)).startsWith("Failed: imageless-1: ").contains("127.0.0.1:1");
    recovers("image missing");
    end(uri);
  }

  @Test
  void somebodyElseHasThePort() throws Exception {
    host.engine.docker("run", "-d", "--name", "squatter", "-p", "18080:80", Engine.IMAGE);
    var uri =
        create(
            "squeezed",
            1,
            Map.of(
                "container_ports",
                List.of(
                    Map.of(
                        "protocol",
                        "tcp",
                        "inner_port",
                        80,
                        "outer_port",
                        18080,
                        "published",
                        true))));
    var asked = install.api.post(uri + "start/").is(202);
    assertThat(install.why(asked)).startsWith("Failed: squeezed-1: ").contains("18080");
    recovers("port taken by somebody else");
    host.engine.docker("rm", "-f", "squatter");
    install.api.post(uri + "start/").is(202);
    install.awaitState(uri, "Running");
    recovers("port free again");
    end(uri);
  }

  @Test
  void theDiskOfTheAgentIsFull() throws Exception {
    var uri = create("full", 2, Map.of("run_command", COUNTS));
    var folder = host.data().resolve("agent");
    host.killAgent();
    var copy = folder.resolveSibling("copy");
    OwnEngine.run("cp", "-a", folder.toString(), copy.toString());
    OwnEngine.run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder.toString());
    try {
      OwnEngine.run("cp", "-a", copy + "/.", folder.toString());
      fill(folder.resolve("filler"));
      host.startAgent();
      install.api.post(uri + "start/").is(202);
      install.awaitState(uri, "Running");
      recovers("agent's disk full");
    } finally {
      host.killAgent();
      OwnEngine.run("umount", folder.toString());
      host.startAgent();
    }
    for (var container : install.api.get(uri).json().path("containers")) {
      var logs = container.asString() + "logs/?follow=false&tail=10000";
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertCounted(install.api.stream(logs)));
    }
    recovers("agent's disk free again");
    end(uri);
  }

  private static void assertCounted(List<JsonNode> lines) {
    var numbers = lines.stream().map(line -> line.path("log").asString().strip()).toList();
    assertThat(numbers)
        .hasSizeGreaterThan(20)
        .isEqualTo(IntStream.rangeClosed(1, numbers.size()).mapToObj(Integer::toString).toList());
  }

  private static void fill(java.nio.file.Path file) throws Exception {
    try (var out = Files.newOutputStream(file)) {
      while (true) {
        out.write(new byte[512]);
      }
    } catch (java.io.IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }
}
