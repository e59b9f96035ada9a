package dev.slipway.standalone.embedded;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Another start of the server that has ended in a data folder, with the options that it had. It can
 * be tried again; the library's own start cannot, since it keeps its lock.
 *
 * @param log takes what the server prints
 */
record ServerRestart(Path data, Path log) {

  private static final String LONGEST_START_SECONDS = "60";

  void run() throws IOException {
    // PostgreSQL takes a process that nobody has collected for one that runs.
    Files.deleteIfExists(data.resolve("postmaster.pid"));
    var command = new ArrayList<String>();
    if (LinuxUtils.isUnshareAvailable()) {
      command.addAll(List.of("unshare", "-U")); // as the library does it for root
    }
    command.add(program().toString());
    command.addAll(List.of("restart", "-w", "-t", LONGEST_START_SECONDS));
    command.addAll(List.of("-D", data.toString(), "-l", log.toString()));
    var restart =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.toFile()))
            .start();
    try {
      if (restart.waitFor() != 0) {
        throw new IOException("pg_ctl ended with exit code " + restart.exitValue());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }

  /** The options of the last start begin with the path of the server's program. */
  private Path program() throws IOException {
    var options = Files.readString(data.resolve("postmaster.opts"));
    int end = options.indexOf(" \"");
    return Path.of(end < 0 ? options.strip() : options.substring(0, end)).resolveSibling("pg_ctl");
  }
}
