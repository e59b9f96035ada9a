package dev.slipway.standalone.backup;

import dev.slipway.standalone.backup.Manifest.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.PGConnection;

/** Puts a backup back: the rows into an empty database, the files into an empty folder. */
final class BackupRestore {

  private final BackupReader backup;

  BackupRestore(BackupReader backup) {
    this.backup = backup;
  }

  /**
   * Restores the rows, in one transaction, and brings the tables up to this version's.
   *
   * @throws BackupProblem if the database is not empty, or the backup is newer than this program
   */
  void restoreDatabase(String jdbcUrl) throws SQLException, IOException {
    try (var connection = DriverManager.getConnection(jdbcUrl)) {
      if (!new Tables(connection).all().isEmpty()) {
        throw new BackupProblem(
            "the database is not empty; a backup is restored into an empty database only");
      }
      migrate(jdbcUrl, backup.manifest().schema());
      connection.setAutoCommit(false);
      copy(connection);
      connection.commit();
    }
    migrate(jdbcUrl, "latest");
  }

  private static void migrate(String jdbcUrl, String version) {
    try {
      Flyway.configure()
          .dataSource(jdbcUrl, null, null)
          .locations("classpath:db/slipway")
          .target(version)
          .load()
          .migrate();
    } catch (FlywayException failure) {
      throw new BackupProblem(
          "the tables of the backup (version %s) cannot be made: %s"
              .formatted(version, failure.getMessage()),
          failure);
    }
  }

  private void copy(Connection connection) throws SQLException, IOException {
    var tables = new Tables(connection);
    var known = tables.all();
    try (var statement = connection.createStatement()) {
      statement.execute("TRUNCATE " + String.join(", ", known));
      var left = new ArrayList<>(backup.manifest().entries());
      for (var table : known) {
        for (var entry : left) {
          if (entry.isTable() && entry.target().equals(table)) {
            copy(connection, entry);
          }
        }
      }
      for (var sequence : backup.manifest().sequences().entrySet()) {
        statement.execute(
            "SELECT setval('%s', %d, false)".formatted(sequence.getKey(), sequence.getValue()));
      }
      // Transaction numbers of the old server mean nothing here: new events must come after them.
      statement.execute("UPDATE installation SET tx_offset = 0");
      statement.execute("SELECT keep_log_order()");
    }
  }

  private void copy(Connection connection, Entry entry) throws SQLException, IOException {
    var sql =
        "COPY %s (%s) FROM STDIN".formatted(entry.target(), String.join(", ", entry.columns()));
    try (InputStream in = backup.content(entry)) {
      long rows = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, in);
      if (rows != entry.rows()) {
        throw new BackupProblem(
            "%d rows of %s were restored instead of %d"
                .formatted(rows, entry.target(), entry.rows()));
      }
    }
  }

  /**
   * Restores the files.
   *
   * @param data the data folder
   */
  void restoreFiles(Path data) throws IOException {
    for (var entry : backup.manifest().entries()) {
      if (entry.isTable()) {
        continue;
      }
      var file = data.resolve(entry.target()).normalize();
      if (!file.startsWith(data)) {
        throw new BackupProblem("the backup has a file outside its folder: " + entry.name());
      }
      Files.createDirectories(file.resolveSibling("."));
      try (var in = backup.content(entry)) {
        Files.copy(in, file);
      }
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }
}
