package dev.slipway.command.publishing;

import dev.slipway.command.publishing.EventLog.Position;
import dev.slipway.command.publishing.KafkaTails.EventKey;
import dev.slipway.model.wire.Wire;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** Finds positions in the log that are needed only when a publisher takes over. */
final class PublishedPositions implements KafkaComparison.Events {

  private static final TypeReference<Map<String, Long>> POSITIONS = new TypeReference<>() {};

  private final Connection connection;

  PublishedPositions(Connection connection) {
    this.connection = connection;
  }

  @Override
  public boolean has(EventKey event) throws SQLException {
    try (var query =
        connection.prepareStatement(
            "SELECT FROM events WHERE aggregate_identifier = ? AND sequence_number = ?"
                + " AND event_identifier = ?")) {
      query.setString(1, event.subject());
      query.setLong(2, event.sequence());
      query.setString(3, event.id());
      try (var rows = query.executeQuery()) {
        return rows.next();
      }
    }
  }

  @Override
  public long position(EventKey event) throws SQLException {
    try (var query =
        connection.prepareStatement(
            "SELECT count(*) FROM events WHERE (tx, global_index) <= (SELECT tx, global_index"
                + " FROM events WHERE aggregate_identifier = ? AND sequence_number = ?)")) {
      query.setString(1, event.subject());
      query.setLong(2, event.sequence());
      try (var rows = query.executeQuery()) {
        return rows.next() ? rows.getLong(1) : 0;
      }
    }
  }

  /** Where the event of a position stands. */
  Position at(long number) throws SQLException {
    if (number == 0) {
      return Position.BEGINNING;
    }
    try (var query =
        connection.prepareStatement(
            "SELECT e.tx::text, global_index FROM events e"
                + " ORDER BY e.tx, global_index OFFSET ? LIMIT 1")) {
      query.setLong(1, number - 1);
      try (var rows = query.executeQuery()) {
        if (!rows.next()) {
          throw new SQLException("The log has no position " + number);
        }
        return new Position(rows.getString(1), rows.getLong(2), number);
      }
    }
  }

  /** The last position sent to each partition by the record kept of it; null if there is none. */
  @Nullable Map<String, Long> sent() throws SQLException {
    try (var query = connection.prepareStatement("SELECT partitions FROM published");
        var rows = query.executeQuery()) {
      var stored = rows.next() ? rows.getString(1) : null;
      return stored == null ? null : Wire.MAPPER.readValue(stored, POSITIONS);
    }
  }

  /** Reads the subjects of the first events, each with the position of its last. */
  void subjects(long most, SubjectReader reader) throws SQLException {
    try (var query =
        connection.prepareStatement(
            "SELECT type, aggregate_identifier, max(position) FROM (SELECT type,"
                + " aggregate_identifier, row_number() OVER (ORDER BY tx, global_index) AS position"
                + " FROM events) AS numbered WHERE position <= ? GROUP BY 1, 2")) {
      query.setLong(1, most);
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          reader.read(rows.getString(1), rows.getString(2), rows.getLong(3));
        }
      }
    }
  }

  /** Takes a subject of the log. */
  interface SubjectReader {
    void read(String type, String subject, long lastPosition);
  }
}
