package dev.slipway.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.standalone.embedded.ChildProcess;
import dev.slipway.standalone.embedded.FreePort;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./slipway audit} of a whole Slipway with simulated containers. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AuditCommandTest {

  private static final int PORT = FreePort.forSlipway();

  /** It would be an error to ask it. */
  private static final String NO_ENGINE = "unix:///nowhere/docker.sock";

  @TempDir static Path data;
  private static ChildProcess slipway;

  /** How the command ended, and what it printed. */
  private record Ended(int code, String out, String err) {}

  @BeforeAll
  static void start() throws Exception {
    slipway = InOneProcess.up(PORT, data, Map.of("SLIPWAY_KAFKA_PORT", "0"));
  }

  @AfterAll
  static void stop() throws Exception {
    slipway.close();
  }

  private static Ended audit(Map<String, String> settings, String... arguments) {
    var environment = new HashMap<>(settings);
    environment.put("DOCKER_HOST", NO_ENGINE);
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        AuditCommand.commandLine(environment)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Ended(code, out.toString(), err.toString());
  }

  private static InstallationServers servers() {
    return InstallationServers.of(Map.of("SLIPWAY_DATA", data.toString()));
  }

  private static void sql(String statement) throws SQLException {
    try (var connection = DriverManager.getConnection(servers().postgres());
        var executed = connection.createStatement()) {
      executed.execute(statement);
    }
  }

  @Test
  @Order(1)
  void findsTheInstallationByItsFolderAndAsksNoEngineOnSimulatedContainers() {
    var ended = audit(Map.of(), "--data", data.toString());
    assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
    assertThat(ended.out()).contains("no Engine was looked at");
  }

  @Test
  @Order(2)
  void findsTheInstallationByTheAddressesOfItsServers(@TempDir Path elsewhere) throws Exception {
    var settings =
        Map.of(
            "SLIPWAY_DATA", elsewhere.toString(),
            "SLIPWAY_POSTGRES", servers().postgres(),
            "SLIPWAY_KAFKA", servers().kafka(),
            "SLIPWAY_APIKEY", Files.readString(data.resolve("apikey")).strip());
    var ended = audit(settings, "--url", "http://127.0.0.1:" + PORT, "--no-engines", "--json");
    assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
    assertThat(ended.out()).contains("\"clean\" : true");
  }

  @Test
  @Order(3)
  void cannotLookWhereNoInstallationRuns(@TempDir Path empty) {
    var stranger = audit(Map.of(), "--data", empty.toString());
    assertThat(stranger.code()).isEqualTo(2);
    assertThat(stranger.err()).contains("there is no API key in " + empty, "SLIPWAY_DATA");
    var ended = audit(Map.of("SLIPWAY_APIKEY", "key"), "--data", empty.toString());
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("no PostgreSQL runs in " + empty, "--data");
    assertThat(ended.out()).isEmpty();
  }

  /** As if Kafka and the views had lost a service and kept an event that PostgreSQL lost. */
  @Test
  @Order(4)
  void endsWithOneAndNamesEachDifference() throws Exception {
    var invented = "5e0c7d7e-0000-4000-8000-00000000000f";
    sql(
        "UPDATE events SET payload = payload || ' ' WHERE global_index ="
            + " (SELECT min(global_index) FROM events WHERE type = 'Node')");
    sql(
        """
        INSERT INTO events (tx, event_identifier, aggregate_identifier, sequence_number, type,
          time_stamp, payload_type, payload_revision, payload, meta_data)
        SELECT '1'::xid8, 'invented', '%s', 0, 'Action', '2026-01-01T00:00:00Z', 'ActionEnded',
          '1', '{"actionId":"%s","state":"SUCCESS"}', '{}'\
        """
            .formatted(invented, invented));
    var ended = audit(Map.of(), "--data", data.toString(), "--settle", "0");
    assertThat(ended.code()).as(ended.out() + ended.err()).isEqualTo(1);
    assertThat(ended.out()).contains("has other bytes", invented);
    var json = audit(Map.of(), "--data", data.toString(), "--settle", "0", "--json");
    assertThat(json.code()).isEqualTo(1);
    assertThat(json.out()).contains("\"clean\" : false", invented);
    assertThat(List.of(json.err(), ended.err())).noneMatch(text -> text.contains("Exception"));
  }
}
