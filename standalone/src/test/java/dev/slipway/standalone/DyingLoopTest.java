package dev.slipway.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.standalone.embedded.ChildProcess;
import dev.slipway.standalone.embedded.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole Slipway in which one loop dies, recovers, and dies for good. */
class DyingLoopTest {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final int port = FreePort.forSlipway();
  @TempDir Path folder;

  private ChildProcess up() throws IOException {
    return ChildProcess.run(
        Map.of("SLIPWAY_KAFKA_PORT", "0", DyingLoop.FILE, deadly().toString()),
        Standalone.class,
        "--simulated",
        "--port",
        Integer.toString(port),
        "--data",
        folder.resolve("data").toString());
  }

  private Path deadly() {
    return folder.resolve("deadly");
  }

  private HttpResponse<String> readiness() throws Exception {
    var uri = URI.create("http://127.0.0.1:%d/actuator/health/readiness".formatted(port));
    return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  @Test
  void isDownWithTheCauseStartsTheLoopAgainAndEndsWhenItDiesForGood() throws Exception {
    try (var slipway = up()) {
      slipway.awaitLine("Slipway runs at");
      assertThat(readiness().statusCode()).isEqualTo(200);
      Files.createFile(deadly());
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> {
                assertThat(readiness().statusCode()).isEqualTo(503);
                assertThat(readiness().body())
                    .contains(DyingLoop.LOOP, "StackOverflowError: of a test", "\"deaths\":");
              });
      Files.delete(deadly());
      await().atMost(Duration.ofSeconds(20)).until(() -> readiness().statusCode() == 200);
      Files.createFile(deadly());
      slipway.awaitLine(
          "the task publishing-watch died 5 times in a row: java.lang.StackOverflowError");
      assertThat(slipway.awaitExit()).isEqualTo(70);
    }
  }

  /** PostgreSQL outlives a process that ends at once, until the next start. */
  @AfterEach
  void stopPostgresql() throws IOException {
    var file = folder.resolve("data/postgres/postmaster.pid");
    if (Files.exists(file)) {
      long server = Long.parseLong(Files.readAllLines(file).getFirst().strip());
      ProcessHandle.of(server).ifPresent(ProcessHandle::destroyForcibly);
    }
  }
}
