package dev.slipway.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

  private static final Path BINARIES = Path.of("target", "postgres-binaries");

  @TempDir Path folder;

  private Path data;

  @BeforeEach
  void nameTheDataFolder() {
    data = folder.resolve("postgres");
  }

  @Test
  void writesToTheDiskBeforeItSaysSo() throws Exception {
    try (var database = start();
        var connection = connect(database)) {
      assertThat(one(connection, "SHOW fsync")).isEqualTo("on");
      assertThat(one(connection, "SHOW synchronous_commit")).isEqualTo("on");
      assertThat(one(connection, "SHOW full_page_writes")).isEqualTo("on");
    }
  }

  @Test
  void keepsRowsOverARestart() throws Exception {
    try (var database = start()) {
      write(database);
    }
    try (var database = start()) {
      assertThat(read(database)).isEqualTo("kept");
    }
  }

  @Test
  void stopsTheServerThatAKilledParentLeftAndKeepsItsRows() throws Exception {
    var killed = ChildProcess.run(ParentToBeKilled.class, data.toString());
    killed.awaitLine("written");
    killed.kill();
    var orphan = ProcessHandle.of(pid()).orElseThrow();
    assertThat(orphan.isAlive()).isTrue();

    try (var database = start()) {
      assertThat(orphan.isAlive()).isFalse();
      assertThat(read(database)).isEqualTo("kept");
    }
  }

  @Test
  void startsWhenTheWholeMachineWentDown() throws Exception {
    var killed = ChildProcess.run(ParentToBeKilled.class, data.toString());
    killed.awaitLine("written");
    var server = ProcessHandle.of(pid()).orElseThrow();
    server.destroyForcibly();
    killed.kill();
    server.onExit().join();

    try (var database = start()) {
      assertThat(read(database)).isEqualTo("kept");
    }
  }

  @Test
  void startsAgainUnderTheSameAddressAfterItsProcessWasKilled() throws Exception {
    try (var database = start()) {
      write(database);
      assertThat(database.isAlive()).isTrue();
      var address = database.jdbcUrl();
      ProcessHandle.of(pid()).orElseThrow().destroyForcibly();
      await().until(() -> !database.isAlive());

      database.restart();

      assertThat(database.isAlive()).isTrue();
      assertThat(database.jdbcUrl()).isEqualTo(address);
      assertThat(read(database)).isEqualTo("kept");
    }
  }

  @Test
  void leavesAProcessAloneThatHasTheIdOfAServerLongGone() throws Exception {
    try (var database = start()) {
      write(database);
    }
    var bystander = new ProcessBuilder("sleep", "600").start();
    try {
      Files.writeString(
          data.resolve("postmaster.pid"), "%d\n%s\n".formatted(bystander.pid(), data));
      try (var database = start()) {
        assertThat(read(database)).isEqualTo("kept");
      }
      assertThat(bystander.isAlive()).isTrue();
    } finally {
      bystander.destroyForcibly();
    }
  }

  @Test
  void putsAsideAFolderWhoseMakingWasCutShort() throws Exception {
    Files.createDirectories(data);
    Files.writeString(data.resolve("PG_VERSION"), "18\n");

    try (var database = start()) {
      write(database);
    }
    try (var files = Files.list(folder)) {
      assertThat(files.filter(file -> file.getFileName().toString().contains("cut-short")))
          .hasSize(1);
    }
  }

  @Test
  void saysWhatPostgresSaidWhenItDoesNotStart() throws Exception {
    try (var database = start()) {
      write(database);
    }
    Files.writeString(data.resolve("postgresql.auto.conf"), "no_such_setting = 1\n");

    assertThatThrownBy(this::start).hasMessageContaining("no_such_setting");
  }

  /** Writes a row and waits for its end. */
  static final class ParentToBeKilled {

    static void main(String[] args) throws Exception {
      var data = Path.of(args[0]);
      var database = EmbeddedDatabase.start(data, BINARIES, data.resolveSibling("log"));
      write(database);
      ChildProcess.sayAndWait("written");
    }
  }

  private EmbeddedDatabase start() {
    return EmbeddedDatabase.start(data, BINARIES, folder.resolve("log"));
  }

  private long pid() throws IOException {
    return Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
  }

  private static void write(EmbeddedDatabase database) throws SQLException {
    try (var connection = connect(database);
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE notes (text text)");
      statement.execute("INSERT INTO notes VALUES ('kept')");
    }
  }

  private static String read(EmbeddedDatabase database) throws SQLException {
    try (var connection = connect(database)) {
      return one(connection, "SELECT text FROM notes");
    }
  }

  private static Connection connect(EmbeddedDatabase database) throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl());
  }

  private static String one(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
