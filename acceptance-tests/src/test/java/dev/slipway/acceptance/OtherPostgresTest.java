package dev.slipway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.standalone.backup.Backups;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A log between the embedded PostgreSQL and the one of the system's packages (15 on Debian 12), by
 * backups and by PostgreSQL's own tools. {@code SLIPWAY_REQUIRE_POSTGRES=true} makes it fail where
 * that is not installed.
 */
class OtherPostgresTest {

  private static final String ALL =
      "SELECT md5(string_agg(e::text, ',' ORDER BY tx, global_index)) FROM events e";

  private static EmbeddedPostgres embedded;
  private static SystemPostgres system;
  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    boolean installed = SystemPostgres.programs().isPresent();
    assumeTrue(
        installed || "true".equals(System.getenv("SLIPWAY_REQUIRE_POSTGRES")),
        "no PostgreSQL is installed on this system");
    embedded = EmbeddedPostgres.builder().start();
    system = SystemPostgres.start();
    fill(url("postgres"), url("original"));
    fill(system.url("postgres"), system.url("original"));
  }

  @AfterAll
  static void stop() throws Exception {
    if (system != null) {
      system.close();
      embedded.close();
    }
  }

  private static String url(String database) {
    return embedded.getJdbcUrl("postgres", database);
  }

  /** Makes a log whose events carry numbers of transactions far above those of a new server. */
  private static void fill(String maintenance, String url) throws SQLException {
    sql(maintenance, "CREATE DATABASE original");
    Flyway.configure()
        .dataSource(url, null, null)
        .locations("classpath:db/slipway")
        .load()
        .migrate();
    sql(
        url,
        """
        INSERT INTO events (tx, event_identifier, aggregate_identifier, sequence_number, type,
          time_stamp, payload_type, payload_revision, payload, meta_data)
        SELECT (1000000 + i)::text::xid8, 'e' || i, 'web', i, 'Service', '2026-01-01T00:00:00Z',
          'Any', '1', E'{"text": "a\\tb\\nc\\\\\\\\d"}', '{}' FROM generate_series(0, 999) AS i;
        UPDATE published SET tx = '1000999', global_index = 1000, position = 1000;
        SELECT keep_log_order()\
        """);
  }

  private static void sql(String url, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String value(String url, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(url);
        var rows = connection.createStatement().executeQuery(sql)) {
      assertThat(rows.next()).as(sql).isTrue();
      return rows.getString(1);
    }
  }

  /** The restored log is the original, and what is stored next comes after it and is published. */
  private static void isWholeAndGoesOn(String restored, String original) throws SQLException {
    assertThat(value(restored, ALL)).isEqualTo(value(original, ALL));
    var id = "SELECT id FROM installation";
    assertThat(value(restored, id)).isEqualTo(value(original, id));
    sql(restored, "SELECT keep_log_order()"); // as each start does
    sql(
        restored,
        """
        INSERT INTO events (event_identifier, aggregate_identifier, sequence_number, type,
          time_stamp, payload_type, payload, meta_data)
        VALUES ('new', 'web', 1000, 'Service', '2026-01-01T00:00:00Z', 'Any', '{}', '{}')\
        """);
    assertThat(
            value(
                restored,
                "SELECT event_identifier FROM events e, published p WHERE (e.tx, e.global_index) >"
                    + " (p.tx, p.global_index) AND e.tx < log_horizon()"))
        .isEqualTo("new");
  }

  @Test
  void aBackupOfTheEmbeddedOneIsRestoredIntoThatOfTheSystem() throws Exception {
    var file = folder.resolve("backup");
    Backups.create(url("original"), folder, Map.of(), file);
    sql(system.url("postgres"), "CREATE DATABASE from_backup");
    Backups.restoreDatabase(file, system.url("from_backup"));
    isWholeAndGoesOn(system.url("from_backup"), url("original"));
  }

  @Test
  void aBackupOfThatOfTheSystemIsRestoredIntoTheEmbeddedOne() throws Exception {
    var file = folder.resolve("backup");
    Backups.create(system.url("original"), folder, Map.of(), file);
    sql(url("postgres"), "CREATE DATABASE from_backup");
    Backups.restoreDatabase(file, url("from_backup"));
    isWholeAndGoesOn(url("from_backup"), system.url("original"));
  }

  @Test
  void aDumpIsRestoredIntoANewDatabase() throws Exception {
    var file = folder.resolve("dump").toString();
    system.client("pg_dump", "-Fc", "-f", file, system.name("original"));
    sql(system.url("postgres"), "CREATE DATABASE from_dump");
    system.client("pg_restore", "-e", "--no-owner", "-d", system.name("from_dump"), file);
    isWholeAndGoesOn(system.url("from_dump"), system.url("original"));
  }

  @Test
  void aDumpIsRestoredIntoALaterVersion() throws Exception {
    var file = folder.resolve("dump.sql").toString();
    system.client("pg_dump", "--no-owner", "-f", file, system.name("original"));
    sql(url("postgres"), "CREATE DATABASE from_dump");
    system.client(
        "psql",
        "-v",
        "ON_ERROR_STOP=1",
        "-f",
        file,
        "postgresql://postgres@127.0.0.1:%d/from_dump".formatted(embedded.getPort()));
    isWholeAndGoesOn(url("from_dump"), system.url("original"));
  }
}
