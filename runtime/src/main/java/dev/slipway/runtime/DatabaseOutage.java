package dev.slipway.runtime;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs once for all tasks that PostgreSQL is away: each of them fails with it. */
final class DatabaseOutage {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseOutage.class);
  private static final long BETWEEN_LINES_NS = TimeUnit.MINUTES.toNanos(1);
  private static final String NO_CONNECTION = "08";
  private static final String SHUT_DOWN = "57P";

  static final DatabaseOutage OF_THIS_PROCESS = new DatabaseOutage(System::nanoTime);

  private final LongSupplier nanoTime;
  private final AtomicLong lastLine;

  DatabaseOutage(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.lastLine = new AtomicLong(nanoTime.getAsLong() - BETWEEN_LINES_NS);
  }

  /** Whether a task failed because PostgreSQL has ended, is starting, or cannot be reached. */
  static boolean isCauseOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientConnectionException) {
        return true;
      }
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState().startsWith(NO_CONNECTION)
            || sql.getSQLState().startsWith(SHUT_DOWN);
      }
    }
    return false;
  }

  /** Writes a line, unless one was written within a minute. */
  void log(String task, String cause) {
    long last = lastLine.get();
    long now = nanoTime.getAsLong();
    if (now - last >= BETWEEN_LINES_NS && lastLine.compareAndSet(last, now)) {
      LOG.warn(
          "PostgreSQL does not answer ({} failed: {}); all tasks retry. If it does not come back,"
              + " check that it runs and that SLIPWAY_POSTGRES names it",
          task,
          cause);
    }
  }
}
