package dev.slipway.standalone.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server that may still run in a data folder because its parent was killed. Whoever asks holds
 * the lock of the folder, so that it belongs to nobody.
 */
final class Postmaster {

  private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);
  private static final long LONGEST_STOP_SECONDS = 30;
  private static final int PORT_LINE = 3;

  private final Path data;
  private final Path pidFile;

  Postmaster(Path data) {
    this.data = data;
    this.pidFile = data.resolve("postmaster.pid");
  }

  /**
   * Stops the server of this very folder and no other process: its id may have been given to
   * another since, in which case the file that names it is stale and would stop the next start.
   */
  void stopIfRunning() throws IOException {
    var process = named();
    if (process.isEmpty()) {
      return;
    }
    var info = process.get().info();
    if (info.arguments().isEmpty()) {
      LOG.warn(
          "Process {} of {} can't be looked at and is left alone", process.get().pid(), pidFile);
    } else if (servesUs(info)) {
      stop(process.get());
    } else {
      Files.delete(pidFile);
    }
  }

  /** The port of the server that runs in this very folder. */
  Optional<Integer> portOfRunning() throws IOException {
    var process = named();
    if (process.isEmpty() || !servesUs(process.get().info())) {
      return Optional.empty();
    }
    var lines = Files.readAllLines(pidFile);
    return lines.size() > PORT_LINE
        ? Optional.of(Integer.parseInt(lines.get(PORT_LINE).strip()))
        : Optional.empty();
  }

  /** The process of a server that has just started in this very folder. */
  ProcessHandle process() throws IOException {
    return named().orElseThrow(() -> new IOException("PostgreSQL has ended already"));
  }

  /** A process that has ended may stay as a zombie where nobody collects its exit code. */
  static boolean isAlive(ProcessHandle process) {
    if (!process.isAlive()) {
      return false;
    }
    try {
      var stat = Files.readString(Path.of("/proc/%d/stat".formatted(process.pid())));
      return !stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith("Z");
    } catch (IOException elsewhere) {
      return process.isAlive();
    }
  }

  private Optional<ProcessHandle> named() throws IOException {
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    var lines = Files.readAllLines(pidFile);
    return lines.isEmpty() || !lines.getFirst().strip().matches("\\d{1,10}")
        ? Optional.empty()
        : ProcessHandle.of(Long.parseLong(lines.getFirst().strip()));
  }

  private boolean servesUs(ProcessHandle.Info info) throws IOException {
    List<String> arguments = Arrays.asList(info.arguments().orElse(new String[0]));
    int folder = arguments.indexOf("-D") + 1;
    // The command of another user's process is hidden from a root without CAP_SYS_PTRACE.
    return info.command().map(command -> command.endsWith("/postgres")).orElse(true)
        && folder > 0
        && folder < arguments.size()
        && Files.isSameFile(data, Path.of(arguments.get(folder)));
  }

  /** SIGINT is PostgreSQL's fast stop: what is under way is rolled back, what is done is kept. */
  private void stop(ProcessHandle server) throws IOException {
    LOG.info(
        "Stopping the PostgreSQL that an earlier start left running, process {}", server.pid());
    new ProcessBuilder("sh", "-c", "kill -INT " + server.pid()).start();
    try {
      server.onExit().get(LONGEST_STOP_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException _) {
      server.destroyForcibly();
      server.onExit().join();
    } catch (ExecutionException | InterruptedException failure) {
      throw new IOException(
          "PostgreSQL, process %d, does not stop".formatted(server.pid()), failure);
    }
  }
}
