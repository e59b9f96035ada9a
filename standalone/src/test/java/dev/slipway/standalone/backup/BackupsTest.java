package dev.slipway.standalone.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupsTest {

  private static EmbeddedPostgres postgres;
  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.builder().start();
    sql(url("postgres"), "CREATE DATABASE original");
    Flyway.configure()
        .dataSource(url("original"), null, null)
        .locations("classpath:db/slipway")
        .load()
        .migrate();
    sql(
        url("original"),
        """
        INSERT INTO events (tx, event_identifier, aggregate_identifier, sequence_number, type,
          time_stamp, payload_type, payload_revision, payload, meta_data)
        SELECT (1000000 + i)::text::xid8, 'e' || i, 'web', i, 'Service', '2026-01-01T00:00:00Z',
          'Any', NULL, E'{"text": "a\\tb\\nc\\\\\\\\d"}', '{}' FROM generate_series(0, 999) AS i;
        INSERT INTO placements (container, service, node) VALUES ('c', 's', 'n');
        INSERT INTO port_claims (node, protocol, port, container) VALUES ('n', 'tcp', 80, 'c');
        """);
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
  }

  private static String url(String database) {
    return postgres.getJdbcUrl("postgres", database);
  }

  private static void sql(String url, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String value(String url, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(url)) {
      return new Tables(connection).value(sql);
    }
  }

  private Path data() throws Exception {
    var data = folder.resolve("data");
    Files.createDirectories(data.resolve("agent/starts"));
    Files.writeString(data.resolve("apikey"), "secret");
    Files.writeString(data.resolve("agent/node-id"), "a-node");
    Files.writeString(data.resolve("agent/starts/c"), "3");
    Files.createDirectories(data.resolve("kafka"));
    Files.writeString(data.resolve("kafka/record"), "not in the backup");
    return data;
  }

  private Path backup() throws Exception {
    var file = folder.resolve("backup.zip");
    var summary = Backups.create(url("original"), data(), Map.of(), file);
    assertThat(summary.events()).isEqualTo(1000);
    assertThat(summary.files()).isEqualTo(3);
    return file;
  }

  @Test
  void bringsEveryRowAndFileBack() throws Exception {
    var file = backup();
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Backups.verify(file).events()).isEqualTo(1000);
    sql(url("postgres"), "CREATE DATABASE restored");
    Backups.restoreDatabase(file, url("restored"));
    var all = "SELECT md5(string_agg(e::text, ',' ORDER BY tx, global_index)) FROM events e";
    assertThat(value(url("restored"), all)).isEqualTo(value(url("original"), all));
    var id = "SELECT id FROM installation";
    assertThat(value(url("restored"), id)).isEqualTo(value(url("original"), id));
    assertThat(value(url("restored"), "SELECT count(*) FROM port_claims")).isEqualTo("1");

    var target = folder.resolve("target");
    Backups.restoreFiles(file, target);
    assertThat(target.resolve("apikey")).hasContent("secret");
    assertThat(target.resolve("agent/node-id")).hasContent("a-node");
    assertThat(target.resolve("agent/starts/c")).hasContent("3");
    assertThat(target.resolve("kafka")).doesNotExist();
  }

  /** The events carry numbers of another server's transactions, far above this one's. */
  @Test
  void newEventsComeAfterTheRestoredOnes() throws Exception {
    var file = backup();
    sql(url("postgres"), "CREATE DATABASE continued");
    Backups.restoreDatabase(file, url("continued"));
    sql(
        url("continued"),
        """
        INSERT INTO events (event_identifier, aggregate_identifier, sequence_number, type,
          time_stamp, payload_type, payload, meta_data)
        VALUES ('new', 'web', 1000, 'Service', '2026-01-01T00:00:00Z', 'Any', '{}', '{}')""");
    assertThat(
            value(
                url("continued"),
                "SELECT event_identifier FROM events ORDER BY tx DESC, global_index DESC LIMIT 1"))
        .isEqualTo("new");
    assertThat(value(url("continued"), "SELECT max(global_index) FROM events")).isEqualTo("1001");
    assertThat(value(url("continued"), "SELECT count(*) FROM events WHERE tx < log_horizon()"))
        .isEqualTo("1001");
  }

  @Test
  void refusesADatabaseThatIsNotEmpty() throws Exception {
    var file = backup();
    assertThatExceptionOfType(BackupProblem.class)
        .isThrownBy(() -> Backups.restoreDatabase(file, url("original")))
        .withMessageContaining("not empty");
  }

  @Test
  void noticesThatAFileIsDamagedOrNoBackup() throws Exception {
    var file = backup();
    var bytes = Files.readAllBytes(file);
    var cut = Files.write(folder.resolve("cut.zip"), Arrays.copyOf(bytes, 5_000));
    assertThatExceptionOfType(BackupProblem.class).isThrownBy(() -> Backups.verify(cut));
    bytes[3_000] ^= 1;
    var changed = Files.write(folder.resolve("changed.zip"), bytes);
    assertThatExceptionOfType(BackupProblem.class)
        .isThrownBy(() -> Backups.verify(changed))
        .withMessageContaining("damaged");
    var other = Files.writeString(folder.resolve("other.txt"), "hello");
    assertThatExceptionOfType(BackupProblem.class)
        .isThrownBy(() -> Backups.verify(other))
        .withMessageContaining("no backup");
  }
}
