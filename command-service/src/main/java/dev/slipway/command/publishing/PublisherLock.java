package dev.slipway.command.publishing;

import java.sql.Connection;
import java.sql.SQLException;

/** The database's lock that only one publisher has at a time, through its connection. */
final class PublisherLock implements AutoCloseable {

  private final Connection connection;
  private boolean taken;

  PublisherLock(Connection connection) {
    this.connection = connection;
  }

  /** Takes the lock until it is closed or the process ends; false if another process has it. */
  boolean take() throws SQLException {
    try (var query =
            connection.prepareStatement("SELECT pg_try_advisory_lock(hashtext('slipway'))");
        var rows = query.executeQuery()) {
      taken = rows.next() && rows.getBoolean(1);
      return taken;
    }
  }

  /** The mark of what is published may be lost in a crash: it need not wait for the disk. */
  void doNotWaitForTheDisk() throws SQLException {
    execute("SET synchronous_commit = off");
  }

  /** Leaves the lock to another, and the connection as it was. */
  @Override
  public void close() throws SQLException {
    if (taken) {
      execute("RESET synchronous_commit");
      execute("SELECT pg_advisory_unlock(hashtext('slipway'))");
    }
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
