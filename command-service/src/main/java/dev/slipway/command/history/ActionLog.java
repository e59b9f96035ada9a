package dev.slipway.command.history;

import dev.slipway.model.action.Action;
import dev.slipway.model.action.Action.Moment;
import dev.slipway.model.action.ActionEvent;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.wire.EventTypes;
import dev.slipway.model.wire.Wire;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Actions, folded from their few events when somebody asks. */
public final class ActionLog {

  private record Dated(ActionEvent event, Moment moment) {}

  private final JdbcTemplate jdbc;

  public ActionLog(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  public Optional<Action> find(ActionId id) {
    @Nullable Action action = null;
    for (var one :
        jdbc.query(
            "SELECT payload_type, payload, sequence_number, global_index, time_stamp FROM events"
                + " WHERE aggregate_identifier = ? AND type = 'Action' ORDER BY sequence_number",
            (row, _) -> dated(row),
            id.value())) {
      action = Action.evolve(action, one.event(), one.moment());
    }
    return Optional.ofNullable(action);
  }

  private static Dated dated(ResultSet row) throws SQLException {
    var type = EventTypes.named(row.getString(1));
    return new Dated(
        (ActionEvent) Wire.MAPPER.readValue(row.getString(2), type),
        new Moment(row.getLong(3), row.getLong(4), Instant.parse(row.getString(5))));
  }
}
