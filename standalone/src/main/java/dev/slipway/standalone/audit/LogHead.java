package dev.slipway.standalone.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which log PostgreSQL has, and how far it counts as published.
 *
 * @param published the position up to which Kafka must have everything that is not parked
 * @param parked the subjects that are held back, each with its first event that is
 * @param repaired the subjects of which later events were sent after those of others
 */
record LogHead(
    String installation,
    int epoch,
    long published,
    Map<String, Long> parked,
    Set<String> repaired) {

  LogHead {
    parked = Map.copyOf(parked);
    repaired = Set.copyOf(repaired);
  }

  static LogHead read(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      var parked = new HashMap<String, Long>();
      try (var rows = statement.executeQuery("SELECT subject, sequence FROM parked_subjects")) {
        while (rows.next()) {
          parked.put(rows.getString(1), rows.getLong(2));
        }
      }
      var repaired = new HashSet<String>();
      try (var rows = statement.executeQuery("SELECT subject FROM repaired_events")) {
        while (rows.next()) {
          repaired.add(rows.getString(1));
        }
      }
      try (var rows =
          statement.executeQuery("SELECT id, epoch, position FROM installation, published")) {
        if (!rows.next()) {
          throw new CannotAudit("the tables of PostgreSQL have lost their rows");
        }
        return new LogHead(rows.getString(1), rows.getInt(2), rows.getLong(3), parked, repaired);
      }
    }
  }

  boolean holdsBack(String subject, long sequence) {
    return sequence >= parked.getOrDefault(subject, Long.MAX_VALUE);
  }
}
