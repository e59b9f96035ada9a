package dev.slipway.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.standalone.backup.Backups;
import dev.slipway.standalone.embedded.ChildProcess;
import dev.slipway.standalone.embedded.EmbeddedDatabase;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A restore that is killed while it runs. */
class RestoreCutShortTest {

  @TempDir Path folder;

  /** A log of some size, so that its restore takes a while. */
  private Path backup() throws Exception {
    var original = Files.createDirectories(folder.resolve("original"));
    var file = folder.resolve("backup.zip");
    try (var database =
        EmbeddedDatabase.start(
            original.resolve("postgres"),
            original.resolve("programs"),
            original.resolve("postgres.log"))) {
      var source = new DriverManagerDataSource(database.jdbcUrl());
      var _ =
          Flyway.configure().dataSource(source).locations("classpath:db/slipway").load().migrate();
      new JdbcTemplate(source)
          .execute(
              """
              INSERT INTO events (event_identifier, aggregate_identifier, sequence_number, type,
                time_stamp, payload_type, payload_revision, payload, meta_data)
              SELECT 'e' || i, 'web', i, 'Service', '2026-01-01T00:00:00Z', 'Any', '1', '{}', '{}'
              FROM generate_series(0, 100000) AS i\
              """);
      var _ = Backups.create(database.jdbcUrl(), original, Map.of(), file);
    }
    return file;
  }

  @Test
  void aFolderWhoseRestoreWasKilledDoesNotStartAsAnEmptyInstallation() throws Exception {
    var data = folder.resolve("data");
    try (var restore =
        ChildProcess.run(
            BackupCommand.class, "restore", backup().toString(), "--data", data.toString())) {
      while (!Files.exists(data.resolve("postgres").resolve("postmaster.pid"))) {
        Thread.onSpinWait();
      }
      restore.kill();
    }
    var settings = new Settings(0, data, true, Map.of("SLIPWAY_KAFKA_PORT", "0"));
    assertThatExceptionOfType(CannotStart.class)
        .isThrownBy(
            () ->
                Running.prepare(
                    settings,
                    new Console(new java.io.PrintStream(OutputStream.nullOutputStream()))))
        .withMessageContaining("was cut short")
        .withMessageContaining(data.toString());
    assertThat(data.resolve("apikey")).doesNotExist();
  }
}
