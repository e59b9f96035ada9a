package dev.slipway.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClosedDatabaseTest {

  private static final Path BINARIES = Path.of("target", "postgres-binaries");

  @TempDir Path folder;

  @Test
  void answersNobodyWithoutAPassword() throws Exception {
    try (var database = start()) {
      for (var user : new String[] {"postgres", "slipway", "root"}) {
        var open = address(database) + "?user=" + user;
        assertThatThrownBy(() -> DriverManager.getConnection(open))
            .isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> DriverManager.getConnection(open + "&password=postgres"))
            .hasMessageContaining("password authentication failed");
      }
    }
  }

  @Test
  void worksAsARoleThatRunsNoProgramAndReadsNoFile() throws Exception {
    try (var database = start();
        var connection = DriverManager.getConnection(database.jdbcUrl());
        var statement = connection.createStatement()) {
      try (var role =
          statement.executeQuery(
              "SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolname"
                  + " FROM pg_roles WHERE rolname = current_user")) {
        assertThat(role.next()).isTrue();
        for (int right = 1; right <= 4; right++) {
          assertThat(role.getBoolean(right)).isFalse();
        }
        assertThat(role.getString(5)).isEqualTo("slipway");
      }
      assertThatThrownBy(() -> statement.execute("COPY (SELECT 1) TO PROGRAM 'cat'"))
          .hasMessageContaining("permission denied");
      assertThatThrownBy(() -> statement.execute("SELECT pg_read_file('/etc/hostname')"))
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void keepsItsPasswordsForItsOwnUser() throws Exception {
    start().close();
    assertThat(permissions("secrets")).isEqualTo("rwx------");
    assertThat(permissions("secrets/postgres")).isEqualTo("rw-------");
    assertThat(permissions("secrets/postgres-superuser")).isEqualTo("rw-------");
    assertThat(folder.resolve("postgres-password")).doesNotExist();
  }

  @Test
  void closesAFolderThatLetEverybodyInAndKeepsItsRows() throws Exception {
    makeOpen();
    assertThat(folder.resolve("secrets")).doesNotExist();

    try (var database = start();
        var connection = DriverManager.getConnection(database.jdbcUrl());
        var statement = connection.createStatement()) {
      try (var notes = statement.executeQuery("SELECT text FROM notes WHERE id = noted()")) {
        assertThat(notes.next()).isTrue();
        assertThat(notes.getString(1)).isEqualTo("kept");
      }
      statement.execute("INSERT INTO notes (text) VALUES ('more')");
      statement.execute("ALTER TABLE notes ADD COLUMN more text"); // as migrations do
      statement.execute("CREATE TABLE others (id int)");
      assertThatThrownBy(() -> DriverManager.getConnection(address(database) + "?user=postgres"))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void setsNewPasswordsWhereTheSecretsAreLost() throws Exception {
    makeOpen();
    start().close();
    Files.delete(folder.resolve("secrets/postgres"));
    Files.delete(folder.resolve("secrets/postgres-superuser"));

    try (var database = start();
        var connection = DriverManager.getConnection(database.jdbcUrl())) {
      assertThat(connection.isValid(1)).isTrue();
    }
  }

  /** As an earlier Slipway left it: no passwords, all of it owned by the superuser. */
  private void makeOpen() throws IOException, SQLException {
    try (var server =
            io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("postgres"))
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setLocaleConfig("locale", "C")
                .start();
        var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE notes (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, text TEXT)");
      statement.execute("CREATE SEQUENCE numbers");
      statement.execute("CREATE VIEW seen AS SELECT text FROM notes");
      statement.execute(
          "CREATE FUNCTION noted() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'");
      statement.execute("INSERT INTO notes (text) VALUES ('kept')");
    }
    Files.createFile(folder.resolve("postgres/slipway-whole"));
  }

  private EmbeddedDatabase start() {
    return EmbeddedDatabase.start(folder.resolve("postgres"), BINARIES, folder.resolve("log"));
  }

  private static String address(EmbeddedDatabase database) {
    return database.jdbcUrl().replaceFirst("\\?.*", "");
  }

  private String permissions(String file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file)));
  }
}
