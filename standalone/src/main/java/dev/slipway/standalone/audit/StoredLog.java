package dev.slipway.standalone.audit;

import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.Envelope;
import dev.slipway.model.wire.EventTypes;
import dev.slipway.model.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** Reads the log from PostgreSQL, the truth that all else is compared with. */
final class StoredLog implements AutoCloseable {

  private static final TypeReference<Map<String, String>> METADATA = new TypeReference<>() {};
  private static final int ROWS_AT_ONCE = 2_000;
  private static final String EVENTS =
      "SELECT event_identifier, aggregate_identifier, sequence_number, global_index, type,"
          + " time_stamp, payload_type, payload_revision, payload, meta_data FROM events";

  private final Connection connection;

  private StoredLog(Connection connection) {
    this.connection = connection;
  }

  /**
   * @throws CannotAudit if PostgreSQL does not answer
   */
  static StoredLog open(String jdbcUrl) {
    try {
      var connection = DriverManager.getConnection(jdbcUrl);
      connection.setReadOnly(true);
      return new StoredLog(connection);
    } catch (SQLException failure) {
      throw cannot(failure);
    }
  }

  private static CannotAudit cannot(SQLException failure) {
    return new CannotAudit("PostgreSQL does not answer: " + failure.getMessage());
  }

  /**
   * One event as it is stored.
   *
   * @param position its number in publishing order, from 1
   * @param aggregate the type of what it happened to
   */
  record Stored(
      long position,
      String aggregate,
      String type,
      @Nullable String revision,
      Envelope<byte[]> envelope) {

    /** The event; null if this program cannot read it. */
    @Nullable Object event() {
      try {
        return Wire.read(envelope.event(), EventTypes.named(type));
      } catch (RuntimeException unreadable) {
        return null;
      }
    }

    String name() {
      return "event %d of %s (%s, position %d)"
          .formatted(envelope.sequence(), envelope.subject(), type, position);
    }
  }

  /** Asks PostgreSQL. */
  private interface Query<T> {
    T ask() throws SQLException;
  }

  private static <T> T asked(Query<T> query) {
    try {
      return query.ask();
    } catch (SQLException failure) {
      throw cannot(failure);
    }
  }

  LogHead head() {
    return asked(() -> LogHead.read(connection));
  }

  long count() {
    return Long.parseLong(asked(() -> values("SELECT count(*) FROM events")).getFirst());
  }

  /** Reads all events that are committed by now, in publishing order. */
  void forEach(Consumer<Stored> reader) {
    var _ =
        asked(
            () -> {
              connection.setAutoCommit(false); // otherwise all rows come at once
              try (var statement = connection.createStatement()) {
                statement.setFetchSize(ROWS_AT_ONCE);
                try (var rows =
                    statement.executeQuery(
                        EVENTS + " WHERE tx < log_horizon() ORDER BY events.tx, global_index")) {
                  long position = 0;
                  while (rows.next()) {
                    reader.accept(stored(rows, ++position));
                  }
                }
              } finally {
                connection.rollback();
                connection.setAutoCommit(true);
              }
              return true;
            });
  }

  private static Stored stored(ResultSet row, long position) throws SQLException {
    return new Stored(
        position,
        row.getString(5),
        row.getString(7),
        row.getString(8),
        new Envelope<>(
            row.getString(1),
            row.getString(2),
            row.getLong(3),
            row.getLong(4),
            Instant.parse(row.getString(6)),
            Wire.MAPPER.readValue(row.getString(10), METADATA),
            row.getString(9).getBytes(StandardCharsets.UTF_8)));
  }

  /** The name of the event at a position. */
  String name(long position) {
    return asked(
        () -> {
          try (var query =
              connection.prepareStatement(
                  EVENTS + " ORDER BY events.tx, global_index OFFSET ? LIMIT 1")) {
            query.setLong(1, position - 1);
            try (var rows = query.executeQuery()) {
              return rows.next() ? stored(rows, position).name() : "position " + position;
            }
          }
        });
  }

  /** Everything that happened to one service. */
  LoggedService of(ServiceId service) {
    return asked(
        () -> {
          try (var query =
              connection.prepareStatement(
                  EVENTS + " WHERE aggregate_identifier = ? ORDER BY sequence_number")) {
            query.setString(1, service.value());
            var events = new ArrayList<Envelope<ServiceEvent>>();
            try (var rows = query.executeQuery()) {
              while (rows.next()) {
                var stored = stored(rows, 0);
                if (stored.event() instanceof ServiceEvent event) {
                  events.add(dated(stored.envelope(), event));
                }
              }
            }
            return new LoggedService(service, events);
          }
        });
  }

  private static Envelope<ServiceEvent> dated(Envelope<byte[]> stored, ServiceEvent event) {
    return new Envelope<>(
        stored.id(),
        stored.subject(),
        stored.sequence(),
        stored.position(),
        stored.at(),
        stored.metadata(),
        event);
  }

  /** I6: what lacks events, each with the first number that is missing. */
  List<Violation> gaps() {
    var gaps = new Violations();
    for (var row :
        asked(
            () ->
                values(
                    "SELECT subject || ' ' || min(number - 1) FROM (SELECT aggregate_identifier"
                        + " AS subject, sequence_number AS number, coalesce(lag(sequence_number)"
                        + " OVER (PARTITION BY aggregate_identifier ORDER BY sequence_number), -1)"
                        + " AS before FROM events WHERE aggregate_identifier IN (SELECT"
                        + " aggregate_identifier FROM events GROUP BY 1 HAVING count(*) <>"
                        + " max(sequence_number) + 1)) AS numbered WHERE number <> before + 1"
                        + " GROUP BY subject ORDER BY 1"))) {
      int space = row.lastIndexOf(' ');
      var _ =
          gaps.add(
              Promise.I6,
              "lack events",
              row.substring(0, space),
              "its event %s is missing".formatted(row.substring(space + 1)));
    }
    return gaps.all();
  }

  private List<String> values(String sql) throws SQLException {
    var values = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(Objects.requireNonNull(rows.getString(1)));
      }
    }
    return values;
  }

  @Override
  public void close() {
    var _ =
        asked(
            () -> {
              connection.close();
              return true;
            });
  }
}
