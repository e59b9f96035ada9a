package dev.slipway.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.standalone.embedded.ChildProcess;
import dev.slipway.standalone.embedded.EmbeddedDatabase;
import dev.slipway.standalone.embedded.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** All processes of a Slipway are killed at once, at the steps of an event's way to Kafka. */
class KilledBetweenStepsTest {

  private static final String SERVICES = "/api/app/v1/service/";
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final int port = FreePort.forSlipway();
  private final int kafka = FreePort.forSlipway();
  @TempDir Path data;

  private ChildProcess up() throws IOException {
    return InOneProcess.up(port, data, Map.of("SLIPWAY_KAFKA_PORT", Integer.toString(kafka)));
  }

  /** Kafka is in the JVM, PostgreSQL is a process with children. */
  private void killAll(ChildProcess slipway) throws Exception {
    slipway.kill();
    var pid = Files.readAllLines(data.resolve("postgres/postmaster.pid")).getFirst().strip();
    var postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    var children = postmaster.descendants().toList();
    postmaster.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    postmaster.onExit().get();
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    var login = "admin:" + Files.readString(data.resolve("apikey")).strip();
    var basic = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    return HTTP.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
            .header("Authorization", "Basic " + basic)
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private String create(String name) throws Exception {
    var body = "{\"image\":\"demo/hello\",\"name\":\"%s\"}".formatted(name);
    var created = send("POST", SERVICES, body);
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    return SERVICES + JsonMapper.shared().readTree(created.body()).path("uuid").asString() + "/";
  }

  private int status(String path) throws Exception {
    return send("GET", path, "").statusCode();
  }

  private Connection database() throws SQLException {
    return DriverManager.getConnection(
        EmbeddedDatabase.urlOfRunning(data.resolve("postgres")).orElseThrow());
  }

  private static long count(Connection connection, String sql) throws SQLException {
    try (var rows = connection.createStatement().executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /**
   * The publisher stops where it marks an event as published: that one is in Kafka, and later ones
   * are in PostgreSQL only.
   */
  @Test
  void whatKafkaLacksAndWhatIsNotMarkedYetIsThereOnce() throws Exception {
    String marked;
    String unmarked;
    String unpublished;
    try (var slipway = up()) {
      marked = create("marked");
      try (var lock = database()) {
        awaitMarks(lock);
        lock.setAutoCommit(false);
        lock.createStatement().execute("LOCK TABLE published IN SHARE MODE");
        unmarked = create("unmarked");
        awaitPublisherWaits();
        assertThat(status(unmarked)).isEqualTo(200);
        unpublished = create("unpublished");
        assertThat(status(unpublished)).isEqualTo(404);
        killAll(slipway);
      }
    }
    try (var _ = up()) {
      for (var service : new String[] {marked, unmarked, unpublished}) {
        await().atMost(PATIENCE).until(() -> status(service) == 200);
      }
      InOneProcess.requireClean(port, kafka, data);
    }
  }

  private static void awaitMarks(Connection connection) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                count(
                        connection,
                        "SELECT (SELECT count(*) FROM events) - (SELECT position FROM published)")
                    == 0);
  }

  private void awaitPublisherWaits() throws SQLException {
    try (var connection = database()) {
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  count(
                          connection,
                          "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                              + " AND query LIKE 'UPDATE published%'")
                      == 1);
    }
  }
}
