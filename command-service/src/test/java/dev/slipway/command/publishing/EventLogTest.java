package dev.slipway.command.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.command.publishing.EventLog.Position;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

class EventLogTest {

  private static void store(Connection connection, int tx, int sequence) throws SQLException {
    try (var insert =
        connection.prepareStatement(
            "INSERT INTO events (tx, event_identifier, aggregate_identifier, sequence_number, type,"
                + " time_stamp, payload_type, payload, meta_data) VALUES (?::xid8, ?, 'web', ?,"
                + " 'Service', '2026-01-01T00:00:00Z', 'any', '{}', '{}')")) {
      insert.setString(1, Integer.toString(tx));
      insert.setString(2, "event-" + sequence);
      insert.setInt(3, sequence);
      insert.executeUpdate();
    }
  }

  private static List<Long> sequences(EventLog log, int most) throws SQLException {
    var sequences = new ArrayList<Long>();
    var events = log.after(Position.BEGINNING, most);
    while (!events.isEmpty()) {
      events.forEach(event -> sequences.add(event.envelope().sequence()));
      events = log.after(events.getLast().position(), most);
    }
    return sequences;
  }

  /** 10 comes after 9, though not as a text. */
  @Test
  void isReadInTheOrderOfItsTransactionsWhereTheirNumbersGrowByADigit() throws Exception {
    try (var postgres = EmbeddedPostgres.builder().start()) {
      var database = postgres.getPostgresDatabase();
      Flyway.configure().dataSource(database).locations("classpath:db/slipway").load().migrate();
      try (var connection = database.getConnection()) {
        for (int tx = 8, sequence = 0; tx <= 11; tx++) {
          store(connection, tx, sequence++);
          store(connection, tx, sequence++);
        }
        var log = new EventLog(connection);
        for (int most : List.of(1, 3, 100)) {
          assertThat(sequences(log, most)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
        }
      }
    }
  }
}
