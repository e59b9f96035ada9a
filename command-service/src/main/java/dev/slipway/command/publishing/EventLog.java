package dev.slipway.command.publishing;

import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.service.ServiceLink;
import dev.slipway.model.stack.StackId;
import dev.slipway.model.wire.Envelope;
import dev.slipway.model.wire.EventTypes;
import dev.slipway.model.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/** Reads the log as it is stored, without making objects of what is only sent on. */
final class EventLog {

  private static final TypeReference<Map<String, String>> METADATA = new TypeReference<>() {};
  private static final String COLUMNS =
      "SELECT tx::text, global_index, event_identifier, aggregate_identifier, sequence_number,"
          + " type, time_stamp, payload_type, payload_revision, payload, meta_data FROM events ";

  private final Connection connection;

  EventLog(Connection connection) {
    this.connection = connection;
  }

  Connection connection() {
    return connection;
  }

  /**
   * Where a reader of the log stands: everything up to here is read.
   *
   * @param number how many events that is; of an event, its position in the log
   */
  record Position(String tx, long globalIndex, long number) {

    static final Position BEGINNING = new Position("0", 0, 0);
  }

  /**
   * One event as it is stored.
   *
   * @param aggregate the type of what it happened to: Service, Node, Action or Account
   */
  record Stored(
      Position position,
      String aggregate,
      String type,
      String revision,
      Envelope<byte[]> envelope) {

    Object event() {
      return EventScreen.read(this);
    }
  }

  /** What a service's log says, event by event. */
  record Dated(ServiceEvent event, Instant at) {}

  /** The next events in the order of the log; none beyond the oldest open transaction. */
  List<Stored> after(Position position, int most) throws SQLException {
    try (var query =
        connection.prepareStatement(
            COLUMNS
                + "WHERE (tx, global_index) > (?::xid8, ?)"
                + " AND tx < log_horizon()"
                + " ORDER BY events.tx, global_index LIMIT ?")) { // tx alone is the text of above
      query.setString(1, position.tx());
      query.setLong(2, position.globalIndex());
      query.setInt(3, most);
      try (var rows = query.executeQuery()) {
        var events = new ArrayList<Stored>();
        while (rows.next()) {
          events.add(stored(rows, position.number() + events.size() + 1));
        }
        return events;
      }
    }
  }

  /**
   * The events of one subject from a sequence number on.
   *
   * @param last the last position to read
   */
  List<Stored> ofSubject(String subject, long sequence, Position last) throws SQLException {
    try (var query =
        connection.prepareStatement(
            COLUMNS
                + "WHERE aggregate_identifier = ? AND sequence_number >= ?"
                + " AND (events.tx, global_index) <= (?::xid8, ?) ORDER BY sequence_number")) {
      query.setString(1, subject);
      query.setLong(2, sequence);
      query.setString(3, last.tx());
      query.setLong(4, last.globalIndex());
      try (var rows = query.executeQuery()) {
        var events = new ArrayList<Stored>();
        while (rows.next()) {
          events.add(stored(rows, last.number()));
        }
        return events;
      }
    }
  }

  /** Where the last event stands that is committed by now, without its number. */
  Position last() throws SQLException {
    try (var query =
            connection.prepareStatement(
                "SELECT e.tx::text, global_index FROM events e"
                    + " ORDER BY e.tx DESC, global_index DESC LIMIT 1");
        var rows = query.executeQuery()) {
      return rows.next() ? new Position(rows.getString(1), rows.getLong(2), 0) : Position.BEGINNING;
    }
  }

  /** The position of the last event that can be published by now. */
  long lastPosition(Position known) throws SQLException {
    try (var query =
        connection.prepareStatement(
            "SELECT count(*) FROM events e WHERE (e.tx, global_index) > (?::xid8, ?)"
                + " AND e.tx < log_horizon()")) {
      query.setString(1, known.tx());
      query.setLong(2, known.globalIndex());
      try (var rows = query.executeQuery()) {
        return known.number() + (rows.next() ? rows.getLong(1) : 0);
      }
    }
  }

  /** The events of one service, up to and with the given one. */
  List<Dated> of(ServiceId service, long lastSequence) throws SQLException {
    try (var query =
        connection.prepareStatement(
            "SELECT payload_type, payload, time_stamp FROM events"
                + " WHERE aggregate_identifier = ? AND sequence_number <= ?"
                + " ORDER BY sequence_number")) {
      query.setString(1, service.value());
      query.setLong(2, lastSequence);
      try (var rows = query.executeQuery()) {
        var events = new ArrayList<Dated>();
        while (rows.next()) {
          var type = EventTypes.named(rows.getString(1));
          var event = (ServiceEvent) Wire.MAPPER.readValue(rows.getString(2), type);
          events.add(new Dated(event, Instant.parse(rows.getString(3))));
        }
        return events;
      }
    }
  }

  /** The services of a stack that are not terminated, each under its name. */
  List<ServiceLink> servicesOf(StackId stack) throws SQLException {
    try (var query =
        connection.prepareStatement(
            "SELECT service, name FROM services WHERE stack = ? ORDER BY number")) {
      query.setString(1, stack.value());
      try (var rows = query.executeQuery()) {
        var services = new ArrayList<ServiceLink>();
        while (rows.next()) {
          services.add(new ServiceLink(new ServiceId(rows.getString(1)), rows.getString(2)));
        }
        return services;
      }
    }
  }

  /** Whether the node was not terminated. */
  boolean hasNode(NodeId node) throws SQLException {
    try (var query = connection.prepareStatement("SELECT FROM nodes WHERE node = ?")) {
      query.setString(1, node.value());
      try (var rows = query.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static Stored stored(ResultSet row, long number) throws SQLException {
    var position = new Position(row.getString(1), row.getLong(2), number);
    return new Stored(
        position,
        row.getString(6),
        row.getString(8),
        row.getString(9),
        new Envelope<>(
            row.getString(3),
            row.getString(4),
            row.getLong(5),
            position.globalIndex(),
            Instant.parse(row.getString(7)),
            metadata(row.getString(11)),
            row.getString(10).getBytes(StandardCharsets.UTF_8)));
  }

  /** Metadata that cannot be read is lost; what happened can be told without it. */
  private static Map<String, String> metadata(String json) {
    try {
      return Wire.MAPPER.readValue(json, METADATA);
    } catch (JacksonException broken) {
      return Map.of();
    }
  }

  /** How far the log has been sent on, by the record kept of it. */
  Position published() throws SQLException {
    try (var query =
            connection.prepareStatement("SELECT tx::text, global_index, position FROM published");
        var rows = query.executeQuery()) {
      if (!rows.next()) {
        throw new SQLException("The table published has lost its row");
      }
      return new Position(rows.getString(1), rows.getLong(2), rows.getLong(3));
    }
  }

  /**
   * @param partitions the last position sent to each partition
   */
  void markPublished(Position position, Map<String, Long> partitions) throws SQLException {
    try (var update =
        connection.prepareStatement(
            "UPDATE published SET tx = ?::xid8, global_index = ?, position = ?, partitions = ?")) {
      update.setString(1, position.tx());
      update.setLong(2, position.globalIndex());
      update.setLong(3, position.number());
      update.setString(4, Wire.MAPPER.writeValueAsString(partitions));
      update.executeUpdate();
    }
  }

  /** New events come after those of a log that was restored into another server. */
  void keepOrder() throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("SELECT keep_log_order()");
    }
  }
}
