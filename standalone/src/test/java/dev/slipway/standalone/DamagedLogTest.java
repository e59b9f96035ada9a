package dev.slipway.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.standalone.embedded.ChildProcess;
import dev.slipway.standalone.embedded.EmbeddedDatabase;
import dev.slipway.standalone.embedded.FreePort;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
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
import java.util.Base64;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A start on a log with every kind of damage serves all that is whole, and names the rest. */
class DamagedLogTest {

  private static final String SERVICES = "/api/app/v1/service/";
  private static final String REPAIR = "/api/account/v1/repair/";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final int port = FreePort.forSlipway();
  private final String url = "http://127.0.0.1:" + port;
  @TempDir Path data;

  private static String id(int number) {
    return "80ff1635-2d56-478d-a97f-9b59c720e5%02d".formatted(number);
  }

  private static String created(int number, String definition) {
    return "{\"serviceId\":\"%s\",\"namespace\":\"admin\",\"definition\":{\"image\":\"demo/hello:latest\",%s}}"
        .formatted(id(number), definition);
  }

  /** The log of an older Slipway, damaged. */
  private void writeLog() {
    try (var database =
        EmbeddedDatabase.start(
            data.resolve("postgres"), data.resolve("programs"), data.resolve("postgres.log"))) {
      var source = new DriverManagerDataSource(database.jdbcUrl());
      var _ =
          Flyway.configure()
              .dataSource(source)
              .locations("classpath:db/slipway")
              .target("8")
              .load()
              .migrate();
      var jdbc = new JdbcTemplate(source);
      event(jdbc, 1, 0, "ServiceCreated", "1", created(1, "\"name\":\"whole\""));
      event(jdbc, 2, 0, "ServiceCreated", "1", created(2, "\"name\":\"rocket.chat\""));
      jdbc.update(
          "INSERT INTO services (service, namespace, name, created) VALUES (?, 'admin', ?, 0)",
          id(2),
          "rocket.chat");
      event(jdbc, 3, 0, "ServiceCreated", "1", created(3, "\"name\":\"small\",\"memory\":1"));
      event(jdbc, 4, 0, "ServiceSang", "1", "{}");
      event(jdbc, 5, 0, "ServiceCreated", "99", created(5, "\"name\":\"newer\""));
      event(jdbc, 6, 0, "ServiceCreated", "1", "{\"serviceId\":");
      event(jdbc, 7, 0, "ServiceCreated", "1", "{\"serviceId\":\"%s\"}".formatted(id(7)));
      var long10 = "x".repeat(10 << 20);
      event(
          jdbc,
          8,
          0,
          "ServiceCreated",
          "1",
          created(8, "\"name\":\"large\",\"run_command\":\"%s\"".formatted(long10)));
      event(jdbc, 9, 0, "ServiceCreated", "1", created(99, "\"name\":\"other\""));
      event(jdbc, 10, 0, "ServiceCreated", "1", created(10, "\"name\":\"later\""));
      event(jdbc, 10, 1, "ServiceUpdated", "1", "{\"serviceId\":\"%s\"}".formatted(id(10)));
      event(
          jdbc,
          10,
          2,
          "ServiceUpdated",
          "1",
          "{\"serviceId\":\"%s\",\"changes\":{\"tty\":true}}".formatted(id(10)));
      event(jdbc, 11, 0, "ServiceCreated", "1", created(11, "\"name\":\"last\""));
    }
  }

  private static void event(
      JdbcTemplate jdbc, int service, int sequence, String type, String revision, String json) {
    jdbc.update(
        "INSERT INTO events (event_identifier, aggregate_identifier, sequence_number, type,"
            + " time_stamp, payload_type, payload_revision, payload, meta_data) VALUES"
            + " (?, ?, ?, 'Service', '2026-01-01T00:00:00Z', ?, ?, ?, '{}')",
        "event-%d-%d".formatted(service, sequence),
        id(service),
        sequence,
        type,
        revision,
        json);
  }

  private ChildProcess up() throws IOException {
    var slipway =
        ChildProcess.run(
            Map.of("SLIPWAY_KAFKA_PORT", "0"),
            Standalone.class,
            "--simulated",
            "--port",
            Integer.toString(port),
            "--data",
            data.toString());
    slipway.awaitLine("Slipway runs at");
    return slipway;
  }

  private HttpResponse<String> send(String method, String path, String body) {
    try {
      var login = "admin:" + Files.readString(data.resolve("apikey")).strip();
      var basic = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
      return HTTP.send(
          HttpRequest.newBuilder(URI.create(url + path))
              .header("Authorization", "Basic " + basic)
              .method(method, BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofString());
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private JsonNode service(int number) {
    return JsonMapper.shared().readTree(send("GET", SERVICES + id(number) + "/", "").body());
  }

  private String repair(String... arguments) {
    var out = new StringWriter();
    int exitCode =
        RepairCommand.commandLine(Map.of("SLIPWAY_URL", url, "SLIPWAY_DATA", data.toString()))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(out, true))
            .execute(arguments);
    assertThat(exitCode).as(out.toString()).isZero();
    return out.toString();
  }

  private long position(int service) {
    var listed =
        JsonMapper.shared().readTree(send("POST", REPAIR, "{\"operation\":\"list\"}").body());
    for (var one : listed.path("objects")) {
      if (one.path("subject").asString().equals(id(service))) {
        return one.path("position").asLong();
      }
    }
    throw new AssertionError(id(service) + " is not parked: " + listed);
  }

  @Test
  void servesAllThatIsWholeAndNamesWhatIsParkedUntilItIsRepaired() throws Exception {
    writeLog();
    try (var slipway = up()) {
      servesTheWhole();
      namesTheParked();
      repairs();
      assertThat(slipway.terminate()).isEqualTo(128 + 15);
    }
  }

  /** The log is published when the start says that it runs; views follow within moments. */
  private void servesTheWhole() {
    await().untilAsserted(() -> assertThat(service(11).path("name").asString()).isEqualTo("last"));
    assertThat(service(1).path("name").asString()).isEqualTo("whole");
    assertThat(service(2).path("name").asString()).isEqualTo("rocket-chat");
    assertThat(service(3).path("memory").asInt()).isEqualTo(1);
    assertThat(service(10).path("name").asString()).isEqualTo("later");
    var started = send("POST", SERVICES + id(2) + "/start/", "");
    assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> service(2).path("state").asString().equals("Running"));
    assertThat(send("POST", SERVICES, "{\"image\":\"rocketchat/rocket.chat\"}").statusCode())
        .isEqualTo(201);
  }

  private void namesTheParked() {
    var readiness = send("GET", "/actuator/health/readiness", "");
    assertThat(readiness.statusCode()).isEqualTo(200);
    assertThat(readiness.body())
        .contains("\"DEGRADED\"", id(4), "no event is named ServiceSang")
        .contains(id(5), "revision 99 of ServiceCreated is not known")
        .contains(id(6), "it is no JSON of a ServiceCreated")
        .contains(id(7), "ServiceCreated lacks its field namespace")
        .contains(id(8), "Kafka takes at most")
        .contains(id(9), "but is an event of " + id(99))
        .contains(id(10), "ServiceUpdated lacks its field changes");
    assertThat(repair("list").lines()).hasSize(7);
    var refused = send("PATCH", SERVICES + id(7) + "/", "{\"tty\":true}");
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(409);
    assertThat(refused.body()).contains(id(7), "position " + position(7), "./slipway repair");
    assertThat(send("GET", "/actuator/prometheus", "").body())
        .contains("slipway_parked_subjects 7");
  }

  private void repairs() throws IOException {
    var event = Files.writeString(data.resolve("event.json"), created(7, "\"name\":\"repaired\""));
    assertThat(
            repair(
                "replace",
                Long.toString(position(7)),
                "--event",
                event.toString(),
                "--reason",
                "the field was lost"))
        .contains("was replaced", "action");
    await().until(() -> service(7).path("name").asString().equals("repaired"));
    assertThat(repair("skip", Long.toString(position(10)), "--reason", "nobody knows"))
        .contains("changes nothing");
    await().until(() -> service(10).path("tty").asBoolean());
    for (int lost : new int[] {4, 5, 6, 8, 9}) {
      assertThat(repair("skip", Long.toString(position(lost)), "--reason", "lost"))
          .contains("stays unpublished");
    }
    await()
        .until(
            () ->
                send("GET", "/actuator/health/readiness", "").body().contains("\"status\":\"UP\""));
    assertThat(send("PATCH", SERVICES + id(10) + "/", "{\"memory\":64}").statusCode())
        .isEqualTo(200);
    assertThat(send("GET", "/api/audit/v1/action/?name=Log%20Repair", "").body())
        .contains("Log Repair");
  }
}
