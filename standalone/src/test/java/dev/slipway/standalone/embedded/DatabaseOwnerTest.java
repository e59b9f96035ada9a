package dev.slipway.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Root, where the system grants no user namespace: the shim of {@code ./slipway} is in PATH. */
class DatabaseOwnerTest {

  private static final Path SHIM = Path.of("../deploy/unprivileged").toAbsolutePath().normalize();
  private static final Map<String, String> ENVIRONMENT =
      Map.of("SLIPWAY_POSTGRES_USER", "nobody", "PATH", SHIM + ":" + System.getenv("PATH"));
  private static final Path BINARIES = Path.of("target", "postgres-binaries");

  @TempDir Path folder;

  @BeforeEach
  void runsAsRootOnLinux() {
    assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
    assumeThat(System.getProperty("user.name")).isEqualTo("root");
  }

  /** Starts PostgreSQL, writes a row, and waits to be killed. */
  static final class Start {
    public static void main(String[] arguments) throws Exception {
      var data = Path.of(arguments[0]);
      try {
        var database = EmbeddedDatabase.start(data, BINARIES, data.resolveSibling("postgres.log"));
        try (var connection = DriverManager.getConnection(database.jdbcUrl());
            var statement = connection.createStatement()) {
          statement.execute("CREATE TABLE IF NOT EXISTS kept (word text)");
          statement.execute("INSERT INTO kept VALUES ('word')");
          try (var rows = statement.executeQuery("SELECT count(*) FROM kept")) {
            rows.next();
            ChildProcess.sayAndWait("rows: " + rows.getInt(1));
          }
        }
      } catch (IllegalStateException failure) {
        System.out.println("failed: " + failure.getCause().getMessage());
      }
    }
  }

  @Test
  void rootRunsPostgresAsAnotherUserAndBackAgain() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    var data = folder.resolve("postgres");
    for (int rows = 1; rows <= 2; rows++) {
      try (var child = ChildProcess.run(ENVIRONMENT, Start.class, data.toString())) {
        child.awaitLine("rows: " + rows);
        assertThat(Files.getOwner(data)).hasToString("nobody");
        var pid = Files.readAllLines(data.resolve("postmaster.pid")).getFirst();
        var server = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        assertThat(server.info().user()).contains("nobody");
      }
    }
    stopServer(data);
    assumeThat(io.zonky.test.db.postgres.util.LinuxUtils.isUnshareAvailable()).isTrue();
    try (var child = ChildProcess.run(Start.class, data.toString())) {
      child.awaitLine("rows: 3");
      assertThat(Files.getOwner(data)).hasToString("root");
      stopServer(data);
    }
  }

  private static void stopServer(Path data) throws Exception {
    new Postmaster(data.toAbsolutePath().normalize()).stopIfRunning();
  }

  @Test
  void aFolderThatTheUserCannotReachIsRefusedWithWhatToDo() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    var data = Files.createDirectory(folder.resolve("closed")).resolve("postgres");
    try (var child = ChildProcess.run(ENVIRONMENT, Start.class, data.toString())) {
      assertThat(child.awaitLine("failed: "))
          .contains("PostgreSQL runs as user nobody, who cannot reach " + data)
          .contains("--data");
    }
  }
}
