package dev.slipway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A PostgreSQL of the system's packages, mostly of another version than the embedded one. */
final class SystemPostgres implements AutoCloseable {

  private static final Path PACKAGES = Path.of("/usr/lib/postgresql");
  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

  private final Path programs;
  private final Path folder;
  private final int port;

  private SystemPostgres(Path programs, Path folder, int port) {
    this.programs = programs;
    this.folder = folder;
    this.port = port;
  }

  /** Where its programs are; empty if it is not installed. */
  static Optional<Path> programs() {
    if (!Files.isDirectory(PACKAGES)) {
      return Optional.empty();
    }
    try (var versions = Files.list(PACKAGES)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Path::compareTo);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static SystemPostgres start() throws Exception {
    var folder = Files.createTempDirectory("system-postgres");
    if (ROOT) { // it refuses root
      run(List.of("chown", "postgres", folder.toString()));
    }
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    var server = new SystemPostgres(programs().orElseThrow(), folder, port);
    var data = folder.resolve("data").toString();
    server.asOwner("initdb", "-D", data, "-U", "postgres", "--auth=trust", "-N");
    server.asOwner(
        "pg_ctl",
        "-D",
        data,
        "-l",
        folder.resolve("log").toString(),
        "-w",
        "-o",
        "-p %d -k %s -c listen_addresses=127.0.0.1".formatted(port, folder),
        "start");
    return server;
  }

  private void asOwner(String program, String... arguments) throws Exception {
    var command = new ArrayList<String>();
    if (ROOT) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(programs.resolve(program).toString());
    Collections.addAll(command, arguments);
    run(command);
  }

  /** Runs a client program; its output is the test's. */
  void client(String program, String... arguments) throws Exception {
    var command = new ArrayList<>(List.of(programs.resolve(program).toString()));
    Collections.addAll(command, arguments);
    run(command);
  }

  private static void run(List<String> command) throws Exception {
    var process =
        new ProcessBuilder(command)
            .directory(Path.of("/").toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
  }

  /** For Java. */
  String url(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s?user=postgres".formatted(port, database);
  }

  /** For its own programs. */
  String name(String database) {
    return "postgresql://postgres@127.0.0.1:%d/%s".formatted(port, database);
  }

  @Override
  public void close() throws Exception {
    asOwner("pg_ctl", "-D", folder.resolve("data").toString(), "-m", "immediate", "stop");
    run(List.of("rm", "-rf", folder.toString()));
  }
}
