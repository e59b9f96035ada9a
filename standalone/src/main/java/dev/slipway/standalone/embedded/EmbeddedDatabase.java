package dev.slipway.standalone.embedded;

import dev.slipway.standalone.limits.DatabaseWatch;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A real PostgreSQL as a child process, which finds its rows again at the next start, also after
 * this process was killed.
 */
public final class EmbeddedDatabase implements AutoCloseable, DatabaseWatch.Server {

  /** Reading the log again after a crash may take a while. */
  private static final Duration LONGEST_START = Duration.ofSeconds(60);

  private static final long LOOK_EVERY_MS = 100;
  private static final String GAVE_UP = "could not start server";

  private final DatabaseRoles roles;
  private final Path data;
  private final Path log;
  private final EmbeddedPostgres server;
  private volatile ProcessHandle process;

  private EmbeddedDatabase(Path data, Path log, EmbeddedPostgres server) throws IOException {
    this.roles = new DatabaseRoles(Secrets.beside(data));
    this.data = data;
    this.log = log;
    this.server = server;
    this.process = new Postmaster(data).process();
  }

  /**
   * @param data PostgreSQL's data folder, which no other may use at the same time; the folder
   *     {@code secrets} beside it takes the passwords
   * @param binaries where PostgreSQL's programs are unpacked once; not a parent of {@code data}
   * @param log takes what the server prints, of this start only
   */
  public static EmbeddedDatabase start(Path data, Path binaries, Path log) {
    checkUser();
    var folder = DatabaseFolder.open(data);
    // Otherwise a folder of the system's temporary files is made, and searched for leftovers.
    System.setProperty("ot.epg.working-dir", binaries.toAbsolutePath().toString());
    try {
      DatabaseOwner.ofEnvironment().take(folder.path());
      Files.deleteIfExists(log);
      var login = new DatabaseLogin(folder.path(), binaries, Secrets.beside(folder.path()));
      login.close();
      var server = started(login.addTo(settings(folder.path(), log, FreePort.find())), log);
      login.takeBack();
      closePrograms(binaries);
      var database = new EmbeddedDatabase(folder.path(), log, server);
      database.check(folder);
      return database;
    } catch (IOException | RuntimeException failure) {
      throw new DatabaseDoesNotStart(lastLines(log), failure);
    }
  }

  /** Whether the server's first process lives: all others end with it. */
  @Override
  public boolean isAlive() {
    return Postmaster.isAlive(process);
  }

  /** Starts a server that has ended again, under the same address. */
  @Override
  public void restart() {
    try {
      new ServerRestart(data, log).run();
      process = new Postmaster(data).process();
    } catch (IOException failure) {
      throw new DatabaseDoesNotStart(lastLines(log), failure);
    }
  }

  /** Has the server end as soon as this process has, which then need not wait for it. */
  public void endWithThisProcess() {
    boolean _ = process.destroy(); // SIGTERM: it waits for its last client
  }

  /** The library opens the folder to everybody at each start. */
  private static void closePrograms(Path binaries) throws IOException {
    var permissions = EnumSet.copyOf(Files.getPosixFilePermissions(binaries));
    permissions.removeAll(
        EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE));
    Files.setPosixFilePermissions(binaries, permissions);
  }

  /** The library goes on asking a server that has given up, so its log is looked at meanwhile. */
  private static EmbeddedPostgres started(EmbeddedPostgres.Builder settings, Path log)
      throws IOException {
    var starting = new FutureTask<>(settings::start);
    Thread.ofVirtual().name("start-postgres").start(starting);
    while (true) {
      try {
        return starting.get(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException _) {
        if (lastLines(log).contains(GAVE_UP)) {
          throw new IOException("it gave up");
        }
      } catch (ExecutionException failure) {
        throw new IOException(failure.getCause());
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IOException(interrupted);
      }
    }
  }

  /**
   * PostgreSQL refuses root; the library gets round that by a user namespace. Where there is none,
   * {@code ./slipway} replaces its command by one that changes the user.
   */
  private static void checkUser() {
    if ("root".equals(System.getProperty("user.name")) && !LinuxUtils.isUnshareAvailable()) {
      throw new IllegalStateException(
          ("PostgreSQL does not run as root, `unshare -U` does not work here, and there is no user"
                  + " \"%s\" to run it as: set SLIPWAY_POSTGRES_USER, run as another user, or name a"
                  + " server of your own in SLIPWAY_POSTGRES")
              .formatted(System.getenv().getOrDefault("SLIPWAY_POSTGRES_USER", "nobody")));
    }
  }

  private static EmbeddedPostgres.Builder settings(Path data, Path log, int port) {
    return EmbeddedPostgres.builder()
        .setPort(port)
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setRegisterShutdownHook(false)
        .setPGStartupWait(LONGEST_START)
        .setOutputRedirector(Redirect.to(log.toFile()))
        // The same order of texts everywhere, whatever the user's language.
        .setLocaleConfig("locale", "C")
        // The library turns these two off, for tests.
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setServerConfig("unix_socket_directories", "")
        .setServerConfig("max_connections", "60")
        .setServerConfig("shared_buffers", "64MB")
        .setServerConfig("max_wal_size", "512MB")
        // Lost races are errors here and answers to us: they would fill the disk.
        .setServerConfig("log_min_messages", "log")
        .setServerConfig("log_checkpoints", "off");
  }

  /** An event store that does not reach the disk is none: better no start than a silent loss. */
  private void check(DatabaseFolder folder) {
    try (var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      for (var setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        try (var answer = statement.executeQuery("SHOW " + setting)) {
          if (!answer.next() || !"on".equals(answer.getString(1))) {
            throw new IllegalStateException("it runs with %s off".formatted(setting));
          }
        }
      }
      roles.setUp(connection);
      folder.markAsWhole();
    } catch (SQLException | IOException | RuntimeException failure) {
      close();
      throw new IllegalStateException(failure);
    }
  }

  /** For the role that Slipway works as. */
  public String jdbcUrl() {
    return roles.jdbcUrl(server.getPort());
  }

  /** Where the server that runs in the folder is reached; empty if none does. */
  public static Optional<String> urlOfRunning(Path data) {
    try {
      var roles = new DatabaseRoles(Secrets.beside(data));
      return new Postmaster(data.toAbsolutePath().normalize()).portOfRunning().map(roles::jdbcUrl);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String lastLines(Path log) {
    try (var lines = Files.lines(log)) {
      var all = lines.toList();
      return String.join("\n", all.subList(Math.max(0, all.size() - 5), all.size()));
    } catch (IOException | UncheckedIOException _) {
      return "it left no log";
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
