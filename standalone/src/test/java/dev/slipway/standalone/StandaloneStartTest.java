package dev.slipway.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.standalone.embedded.ChildProcess;
import dev.slipway.standalone.embedded.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start does when something is in its way. */
class StandaloneStartTest {

  private static final String ANY = "0";

  @TempDir Path data;

  @Test
  void leavesNoServerBehindWhenItIsStoppedHalfway() throws Exception {
    try (var starting = start(ANY)) {
      starting.awaitLine("PostgreSQL");

      assertThat(starting.terminate()).isEqualTo(128 + 15);
      assertThat(data.resolve("postgres").resolve("PG_VERSION")).exists();
      assertThat(data.resolve("postgres").resolve("postmaster.pid")).doesNotExist();
    }
  }

  @Test
  void refusesAFolderThatAnotherUses() throws Exception {
    try (var first = start(ANY)) {
      first.awaitLine("Slipway starts");
      try (var second = start(ANY)) {
        second.awaitLine("another Slipway uses the data folder");
        assertThat(second.awaitExit()).isEqualTo(1);
      }
      assertThat(first.terminate()).isEqualTo(128 + 15);
    }
  }

  @Test
  void aFirstStartIsQuiet() throws Exception {
    try (var first = start(Integer.toString(FreePort.forSlipway()), ANY, "--simulated")) {
      first.awaitLine("Ctrl-C stops Slipway");
      await().untilAsserted(() -> assertThat(log()).anyMatch(line -> line.contains("built from")));
      assertThat(log()).noneMatch(line -> line.contains(" WARN ") || line.contains(" ERROR "));
      assertThat(log()).noneMatch(line -> line.startsWith("\tat ") || line.contains("Exception"));
      assertThat(first.terminate()).isEqualTo(128 + 15);
    }
  }

  private List<String> log() throws IOException {
    return Files.readAllLines(data.resolve("slipway.log"));
  }

  @Test
  void reportsAnEngineThatCannotBeUsedAndRunsOnceItCan() throws Exception {
    var answers = new AtomicReference<>("<html>hello</html>");
    var engine = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    engine.createContext(
        "/",
        exchange -> {
          var body = answers.get().getBytes(StandardCharsets.UTF_8);
          var type = answers.get().startsWith("<") ? "text/html" : "application/json";
          exchange.getResponseHeaders().set("Content-Type", type);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    engine.start();
    var host = "tcp://127.0.0.1:" + engine.getAddress().getPort();
    try (var waiting =
        ChildProcess.run(
            Map.of(
                "SLIPWAY_KAFKA_PORT", Integer.toString(FreePort.forSlipway()), "DOCKER_HOST", host),
            Standalone.class,
            "--port",
            ANY,
            "--data",
            data.toString())) {
      assertThat(waiting.awaitLine("no container can start"))
          .contains("the Docker Engine does not answer at " + host + ": HTML came instead");
      answers.set(version("1.60", "1.70"));
      assertThat(waiting.awaitLine("refuses"))
          .contains("speaks API 1.60 to 1.70, Slipway speaks API 1.41 to 1.51");
      answers.set(version("1.24", "1.51"));
      waiting.awaitLine("Slipway runs at");
      assertThat(log()).noneMatch(line -> line.startsWith("\tat "));
      assertThat(waiting.terminate()).isEqualTo(128 + 15);
    } finally {
      engine.stop(0);
    }
  }

  private static String version(String oldest, String newest) {
    return "{\"Version\":\"1\",\"MinAPIVersion\":\"%s\",\"ApiVersion\":\"%s\"}"
        .formatted(oldest, newest);
  }

  @Test
  void namesThePortThatIsTaken() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var refused = start(Integer.toString(taken.getLocalPort()))) {
      refused.awaitLine("port %d cannot be listened on".formatted(taken.getLocalPort()));
      assertThat(refused.awaitExit()).isEqualTo(1);
    }
  }

  @Test
  void rehearsesAllItWasToldTo() throws Exception {
    try (var rehearsal = start(ANY, Integer.toString(FreePort.forSlipway()), "--rehearse")) {
      assertThat(rehearsal.awaitLine("Rehearsal")).matches(".*: [1-9]\\d* services.*");
      assertThat(rehearsal.awaitExit()).isZero();
    }
  }

  private ChildProcess start(String kafkaPort) throws IOException {
    return start(kafkaPort, ANY, "--simulated");
  }

  private ChildProcess start(String kafkaPort, String port, String how) throws IOException {
    return ChildProcess.run(
        Map.of("SLIPWAY_KAFKA_PORT", kafkaPort),
        Standalone.class,
        how,
        "--port",
        port,
        "--data",
        data.toString());
  }
}
