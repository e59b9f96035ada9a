package dev.slipway.standalone.limits;

import dev.slipway.runtime.BackgroundTask;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the embedded database again when it has ended; ends the process if that fails. */
public final class DatabaseWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseWatch.class);
  private static final Duration PERIOD = Duration.ofMillis(250);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);
  private static final int MAX_RESTARTS = 8;
  private static final long RESTART_WINDOW = Duration.ofMinutes(1).toNanos();

  /** The embedded database as a process. */
  public interface Server {

    boolean isAlive();

    /**
     * Starts it again where its clients expect it.
     *
     * @throws RuntimeException with PostgreSQL's reason if it does not start
     */
    void restart();
  }

  private final Server server;
  private final Limits limits;
  private final Consumer<String> console;
  private final ProcessEnd end;
  private final BackgroundTask task;
  private int restarts;
  private long windowBegan = System.nanoTime();
  private volatile boolean closed;

  /**
   * @param console shows a line to the person at the terminal
   */
  public DatabaseWatch(Server server, Limits limits, Consumer<String> console, ProcessEnd end) {
    this.server = server;
    this.limits = limits;
    this.console = console;
    this.end = end;
    this.task = BackgroundTask.every(PERIOD, "database-watch", this::check);
    task.start();
  }

  private void check() {
    if (!closed && !server.isAlive()) {
      restart();
    }
  }

  /** The server's other processes may take a moment to end, and keep it from starting so long. */
  private synchronized void restart() {
    if (closed) {
      return;
    }
    limits.database("PostgreSQL has ended and is started again: nothing was stored, try again");
    report("PostgreSQL has ended; starting it again");
    var problem = "it has ended %d times within a minute".formatted(MAX_RESTARTS);
    while (!isTooOften()) {
      try {
        server.restart();
        limits.database(null);
        report("PostgreSQL runs again");
        return;
      } catch (RuntimeException failure) {
        problem = String.valueOf(failure.getMessage());
        LOG.warn("Cannot start PostgreSQL again: {}; retrying", problem);
        LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
      }
    }
    closed = true;
    end.atOnce(
        "PostgreSQL has ended and cannot be started again; containers go on running and"
            + " acknowledged writes are kept. The reason: "
            + problem);
  }

  private boolean isTooOften() {
    long now = System.nanoTime();
    if (now - windowBegan > RESTART_WINDOW) {
      windowBegan = now;
      restarts = 0;
    }
    restarts++;
    return restarts > MAX_RESTARTS;
  }

  private void report(String line) {
    console.accept(line);
    LOG.error("{}", line);
  }

  /** Waits for a restart that is under way: the server would outlive the process otherwise. */
  @Override
  public void close() {
    closed = true;
    synchronized (this) {
      task.requestStop();
    }
  }
}
