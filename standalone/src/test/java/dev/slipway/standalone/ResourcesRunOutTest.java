package dev.slipway.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.standalone.embedded.ChildProcess;
import dev.slipway.standalone.embedded.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A whole Slipway whose database is killed, and whose disk fills up. */
class ResourcesRunOutTest {

  private static final String SERVICES = "/api/app/v1/service/";
  private static final long MB = 1024L * 1024L;
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final int port = FreePort.forSlipway();
  private final List<Path> mounted = new ArrayList<>();
  @TempDir Path folder;

  @AfterEach
  void unmount() throws Exception {
    for (var one : mounted) {
      run("umount", "-l", one.toString());
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).start().waitFor();
  }

  private ChildProcess up(Path data, Map<String, String> settings) throws IOException {
    var environment = new HashMap<>(settings);
    environment.put("SLIPWAY_KAFKA_PORT", "0");
    environment.put("SLIPWAY_QUOTA_WRITES_PER_SECOND", "100000");
    return ChildProcess.run(
        environment,
        Standalone.class,
        "--simulated",
        "--port",
        Integer.toString(port),
        "--data",
        data.toString());
  }

  private HttpResponse<String> send(Path data, String method, String path, String body) {
    try {
      var login = "admin:" + Files.readString(data.resolve("apikey")).strip();
      return HTTP.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
              .timeout(LONG)
              .header(
                  "Authorization",
                  "Basic "
                      + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
              .method(method, BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private HttpResponse<String> create(Path data) {
    return send(data, "POST", SERVICES, "{\"image\":\"demo/hello\"}");
  }

  private static long postmaster(Path data) throws IOException {
    return Long.parseLong(
        Files.readAllLines(data.resolve("postgres/postmaster.pid")).getFirst().strip());
  }

  @Test
  void startsPostgresqlThatWasKilledUnderLoadAgainWithinSeconds() throws Exception {
    var data = folder.resolve("data");
    var answers = new CopyOnWriteArrayList<HttpResponse<String>>();
    var writing = new AtomicBoolean(true);
    try (var slipway = up(data, Map.of())) {
      slipway.awaitLine("Slipway runs at");
      var clients = new ArrayList<Thread>();
      for (int client = 0; client < 4; client++) {
        clients.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      while (writing.get()) {
                        answers.add(create(data));
                      }
                    }));
      }
      await().atMost(LONG).until(() -> answers.size() > 5);
      long killed = postmaster(data);
      ProcessHandle.of(killed).orElseThrow().destroyForcibly();
      slipway.awaitLine("PostgreSQL has ended; starting it again");
      slipway.awaitLine("PostgreSQL runs again");
      assertThat(postmaster(data)).isNotEqualTo(killed);
      int before = answers.size();
      await()
          .atMost(LONG)
          .until(() -> answers.stream().skip(before).anyMatch(one -> one.statusCode() == 201));
      writing.set(false);
      for (var client : clients) {
        client.join();
      }
      onlyTheDatabaseFailed(answers);
      acknowledgedAreThere(data, answers);
      assertThat(slipway.terminate()).isEqualTo(128 + 15);
    }
  }

  private static void onlyTheDatabaseFailed(List<HttpResponse<String>> answers) {
    for (var one : answers) {
      if (one.statusCode() != 201) {
        assertThat(one.statusCode()).as(one.body()).isEqualTo(503);
        assertThat(one.headers().firstValue("Retry-After")).as(one.body()).isPresent();
      }
    }
  }

  private void acknowledgedAreThere(Path data, List<HttpResponse<String>> answers) {
    for (var one : answers) {
      if (one.statusCode() == 201) {
        var uuid = JsonMapper.shared().readTree(one.body()).path("uuid").asString();
        await()
            .atMost(LONG)
            .until(() -> send(data, "GET", SERVICES + uuid + "/", "").statusCode() == 200);
      }
    }
    await()
        .atMost(LONG)
        .until(() -> send(data, "GET", "/actuator/health/readiness", "").statusCode() == 200);
  }

  @Test
  void rejectsWritesOnADiskThatFillsUpAndEndsBeforeItIsFull() throws Exception {
    var data = Files.createDirectories(folder.resolve("small"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=400m", "tmpfs", data.toString()) == 0,
        "mounting a small disk needs root");
    mounted.add(data);
    var settings = Map.of("SLIPWAY_DISK_RESERVE", "160MB");
    try (var slipway = up(data, settings)) {
      slipway.awaitLine("Slipway runs at");
      assertThat(create(data).statusCode()).isEqualTo(201);
      var ballast = fill(data, 100);
      slipway.awaitLine("less than its reserve of 160 MB (SLIPWAY_DISK_RESERVE)");
      var rejected = create(data);
      assertThat(rejected.statusCode()).as(rejected.body()).isEqualTo(507);
      assertThat(rejected.body()).contains("free some space");
      assertThat(send(data, "GET", SERVICES, "").statusCode()).isEqualTo(200);
      var readiness = send(data, "GET", "/actuator/health/readiness", "");
      assertThat(readiness.statusCode()).isEqualTo(200);
      assertThat(readiness.body()).contains("DEGRADED", "SLIPWAY_DISK_RESERVE");
      Files.delete(ballast);
      slipway.awaitLine("the disk has its reserve again");
      assertThat(create(data).statusCode()).isEqualTo(201);
      fill(data, 10);
      slipway.awaitLine("Slipway ends: the disk of");
      assertThat(slipway.awaitExit()).isEqualTo(70);
      assertThat(data.resolve("postgres/postmaster.pid")).doesNotExist();
    }
    try (var refused = up(data, settings)) {
      refused.awaitLine("PostgreSQL and Kafka need some to go on: free some space");
      assertThat(refused.awaitExit()).isEqualTo(1);
    }
  }

  /** Leaves so many MB free. */
  private static Path fill(Path data, int left) throws IOException {
    var ballast = data.resolve("ballast" + left);
    long size = Files.getFileStore(data).getUsableSpace() - left * MB;
    try (var out = Files.newOutputStream(ballast)) {
      var block = new byte[(int) MB];
      for (long written = 0; written < size; written += MB) {
        out.write(block);
      }
    }
    return ballast;
  }
}
