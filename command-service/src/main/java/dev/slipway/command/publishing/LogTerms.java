package dev.slipway.command.publishing;

import dev.slipway.model.container.AssignmentList.PastTerm;
import dev.slipway.model.wire.LogTerm;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The identity of the log and the terms of its publishers, as PostgreSQL has them. */
final class LogTerms {

  private static final int MAX_PAST_TERMS = 200;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Connection connection;

  LogTerms(Connection connection) {
    this.connection = connection;
  }

  /**
   * Begins a term. The one before ends at the last position that the log has now.
   *
   * @param atLeast the lowest number that the term may have
   */
  LogIdentity begin(long lastPosition, int atLeast) throws SQLException {
    try (var end = connection.prepareStatement("UPDATE terms SET last = ? WHERE last IS NULL")) {
      end.setLong(1, lastPosition);
      end.executeUpdate();
    }
    var term = new LogTerm(Math.max(atLeast, highest() + 1), random());
    try (var begin =
        connection.prepareStatement("INSERT INTO terms (term, number) VALUES (?, ?)")) {
      begin.setString(1, term.text());
      begin.setInt(2, term.number());
      begin.executeUpdate();
    }
    return read(term);
  }

  /** Counts that Kafka's copy of the log is made anew; nothing of it counts as published. */
  void beginEpoch(String reason, int atLeast) throws SQLException {
    try (var update =
        connection.prepareStatement(
            "UPDATE installation SET epoch = greatest(epoch + 1, ?), epoch_reason = ?")) {
      update.setInt(1, atLeast);
      update.setString(2, reason);
      update.executeUpdate();
    }
    try (var update =
        connection.prepareStatement(
            "UPDATE published SET tx = '0', global_index = 0, position = 0, partitions = '{}'")) {
      update.executeUpdate();
    }
  }

  /** The identity of the log as it is now; the term is that of the last publisher. */
  LogIdentity last() throws SQLException {
    return read(new LogTerm(highest(), ""));
  }

  private static String random() {
    var bytes = new byte[6];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private int highest() throws SQLException {
    try (var query = connection.prepareStatement("SELECT coalesce(max(number), 0) FROM terms");
        var rows = query.executeQuery()) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }

  private LogIdentity read(LogTerm term) throws SQLException {
    var past = past();
    try (var query = connection.prepareStatement("SELECT id, epoch FROM installation");
        var rows = query.executeQuery()) {
      if (!rows.next()) {
        throw new SQLException("The table installation has lost its row");
      }
      return new LogIdentity(rows.getString(1), rows.getInt(2), term, past);
    }
  }

  private List<PastTerm> past() throws SQLException {
    var past = new ArrayList<PastTerm>();
    try (var query =
        connection.prepareStatement(
            "SELECT term, last FROM terms WHERE last IS NOT NULL ORDER BY number DESC LIMIT ?")) {
      query.setInt(1, MAX_PAST_TERMS);
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          past.add(new PastTerm(LogTerm.of(rows.getString(1)), rows.getLong(2)));
        }
      }
    }
    return past;
  }
}
