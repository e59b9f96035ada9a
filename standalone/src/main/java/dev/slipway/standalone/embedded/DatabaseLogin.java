package dev.slipway.standalone.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The superuser's password of a data folder, and who may connect: nobody without a password. A
 * folder of an earlier Slipway, which let everybody in, is given a password before it is served.
 *
 * @param data PostgreSQL's data folder
 * @param binaries where its programs are unpacked
 */
record DatabaseLogin(Path data, Path binaries, Secrets secrets) {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseLogin.class);
  private static final long LONGEST_RECOVERY_SECONDS = 120;

  private static final String ACCESS =
      """
      # Slipway writes this file at each start.
      # TYPE  DATABASE  USER  ADDRESS       METHOD
      host    all       all   127.0.0.1/32  scram-sha-256
      """;

  /** Closes a folder that exists; a new one is made closed. */
  void close() throws IOException {
    if (!Files.exists(data.resolve("PG_VERSION"))) {
      return;
    }
    if (secrets.existing(DatabaseRoles.SUPERUSER_SECRET).isEmpty()) {
      LOG.info("Setting a password for PostgreSQL in {}, which let everybody in so far", data);
      var made = Secrets.random();
      setPassword(made);
      secrets.write(DatabaseRoles.SUPERUSER_SECRET, made + "\n");
    }
    Files.writeString(data.resolve("pg_hba.conf"), ACCESS);
  }

  EmbeddedPostgres.Builder addTo(EmbeddedPostgres.Builder settings) throws IOException {
    return addTo(settings, DatabaseRoles.SUPERUSER_SECRET);
  }

  /** The library hands options of the locale to initdb, which takes the others as well. */
  private EmbeddedPostgres.Builder addTo(EmbeddedPostgres.Builder settings, String secret)
      throws IOException {
    var password = secrets.password(secret);
    var file = DatabaseOwner.ofEnvironment().lend(secrets.folder().resolve(secret), lent());
    return settings
        .setConnectConfig("password", password)
        .setLocaleConfig("auth-host", "scram-sha-256")
        .setLocaleConfig("auth-local", "scram-sha-256")
        .setLocaleConfig("pwfile", file.toString());
  }

  private Path lent() {
    return data.resolveSibling("postgres-password");
  }

  /** To be called when the server has started. */
  void takeBack() throws IOException {
    Files.deleteIfExists(lent());
  }

  /** In PostgreSQL's single-user mode, in which it listens nowhere. */
  private void setPassword(String password) throws IOException {
    var command = new ArrayList<String>();
    if (LinuxUtils.isUnshareAvailable()) {
      command.addAll(List.of("unshare", "-U")); // as the library does it for root
    }
    command.add(program().toString());
    command.addAll(List.of("--single", "-D", data.toString(), DatabaseRoles.DATABASE));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var input = process.getOutputStream()) {
      input.write(
          "ALTER ROLE %s PASSWORD '%s'\n"
              .formatted(DatabaseRoles.SUPERUSER, password)
              .getBytes(StandardCharsets.US_ASCII));
    }
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(LONGEST_RECOVERY_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      if (process.exitValue() != 0 || output.contains("ERROR:")) {
        throw new IOException("PostgreSQL cannot set its password: " + output);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }

  /** The program that served the folder last, or one that is unpacked. */
  private Path program() throws IOException {
    var options = data.resolve("postmaster.opts");
    if (Files.exists(options)) {
      var program = Path.of(Files.readString(options).strip().split(" \"", 2)[0]);
      if (Files.isExecutable(program)) {
        return program;
      }
    }
    if (!Files.isDirectory(binaries) || unpacked().isEmpty()) {
      unpack();
    }
    return unpacked().orElseThrow(() -> new IOException("no PostgreSQL in " + binaries));
  }

  private Optional<Path> unpacked() throws IOException {
    try (var folders = Files.list(binaries)) {
      return folders
          .map(folder -> folder.resolve("bin/postgres"))
          .filter(Files::isExecutable)
          .findFirst();
    }
  }

  /** The library unpacks when it starts a server: an empty one, for a moment. */
  private void unpack() throws IOException {
    var scratch = data.resolveSibling("postgres-unpacked");
    DatabaseOwner.ofEnvironment().take(scratch);
    var settings =
        EmbeddedPostgres.builder()
            .setDataDirectory(scratch)
            .setRegisterShutdownHook(false)
            .setCleanDataDirectory(true)
            .setServerConfig("unix_socket_directories", "");
    addTo(settings, DatabaseRoles.SUPERUSER_SECRET + "-unpacking").start().close();
  }
}
