package dev.slipway.command.stack;

import dev.slipway.model.action.ActionEvent.ActionEnded;
import dev.slipway.model.action.ActionEvent.ActionTaken;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.service.ServiceCommand;
import dev.slipway.model.service.ServiceCommand.CreateService;
import dev.slipway.model.service.ServiceCommand.OperationCommand;
import dev.slipway.model.service.ServiceCommand.RedeployService;
import dev.slipway.model.service.ServiceCommand.ScaleService;
import dev.slipway.model.service.ServiceCommand.StartService;
import dev.slipway.model.service.ServiceCommand.StopService;
import dev.slipway.model.service.ServiceCommand.TerminateService;
import dev.slipway.model.service.ServiceCommand.UpdateService;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.stack.StackId;
import dev.slipway.model.wire.Wire;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What stacks have still to ask of their services, written in the transactions of the stacks' own
 * events, and what has come of it.
 */
final class StackWork {

  private static final Map<String, Class<? extends ServiceCommand.UserCommand>> COMMANDS =
      commands();

  private final JdbcTemplate jdbc;

  StackWork(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Something that a stack asks of a service, in its place among all that it asks. */
  record Step(int place, ServiceCommand.UserCommand command) {}

  /**
   * How far the work on one service of a stack has come.
   *
   * @param refusal why the service refused it, null if it did not
   * @param ended how it ended, null while it has not
   */
  record Progress(ServiceId service, @Nullable String refusal, @Nullable ActionEnded ended) {}

  /** An operation of a stack whose services have all been asked. */
  record Asked(StackId stack, ActionId action, boolean late) {}

  private static Map<String, Class<? extends ServiceCommand.UserCommand>> commands() {
    return Stream.of(
            CreateService.class,
            UpdateService.class,
            StartService.class,
            StopService.class,
            ScaleService.class,
            RedeployService.class,
            TerminateService.class)
        .collect(Collectors.toMap(Class::getSimpleName, type -> type));
  }

  boolean hasUnsent(StackId stack) {
    return Boolean.TRUE.equals(
        jdbc.queryForObject(
            "SELECT EXISTS (SELECT 1 FROM stack_work WHERE stack = ? AND NOT sent)",
            Boolean.class,
            stack.value()));
  }

  void add(StackId stack, ActionId action, StackDecision decided) {
    int place = 0;
    for (var command : decided.commands()) {
      jdbc.update(
          "INSERT INTO stack_work (action, place, stack, service, service_action, type, command,"
              + " deadline) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
          action.value(),
          place++,
          stack.value(),
          command.serviceId().value(),
          command.asked().action().value(),
          command.getClass().getSimpleName(),
          Wire.MAPPER.writeValueAsString(command),
          command instanceof OperationCommand timed ? Timestamp.from(timed.deadline()) : null);
    }
  }

  /** Late is what has had a minute more than its deadline. */
  private static String late(String deadline) {
    return "(%s + interval '1 minute' < now())".formatted(deadline);
  }

  void remove(ActionId action) {
    jdbc.update("DELETE FROM stack_work WHERE action = ?", action.value());
  }

  /** What of an action has still to be asked, in its order. */
  List<Step> unsent(ActionId action) {
    return jdbc.query(
        "SELECT place, type, command FROM stack_work WHERE action = ? AND NOT sent ORDER BY place",
        (row, _) -> step(row),
        action.value());
  }

  private static Step step(ResultSet row) throws SQLException {
    var type = Objects.requireNonNull(COMMANDS.get(row.getString(2)));
    return new Step(row.getInt(1), Wire.MAPPER.readValue(row.getString(3), type));
  }

  /**
   * Whether something that the action asked before is to end first: what a step links to or takes
   * volumes from, and where services go, whatever uses their volumes. Only what comes before in the
   * action's order is waited for, so that circles do not wait for themselves, and nothing once it
   * is late: its deadline should have ended it.
   */
  boolean isHeldBack(ActionId action, Step step) {
    var command = step.command();
    if (!(command instanceof OperationCommand) || command instanceof StopService) {
      return false;
    }
    var reference =
        command instanceof TerminateService
            ? "r.to_service = ? AND r.from_service = w.service AND r.kind = 'VOLUMES'"
            : "r.from_service = ? AND r.to_service = w.service";
    return Boolean.TRUE.equals(
        jdbc.queryForObject(
            "SELECT EXISTS (SELECT 1 FROM stack_work w JOIN service_references r ON "
                + reference
                + " WHERE w.action = ? AND w.place < ? AND w.refusal IS NULL AND NOT "
                + late("w.deadline")
                + " AND NOT EXISTS (SELECT 1 FROM events e"
                + " WHERE e.aggregate_identifier = w.service_action"
                + " AND e.payload_type = 'ActionEnded'))",
            Boolean.class,
            command.serviceId().value(),
            action.value(),
            step.place()));
  }

  /** Says that the service has answered; what takes no time is then over. */
  void sent(ActionId action, int place, @Nullable String refusal) {
    jdbc.update(
        "UPDATE stack_work SET sent = TRUE, refusal = ? WHERE action = ? AND place = ?",
        refusal,
        action.value(),
        place);
    jdbc.update(
        "DELETE FROM stack_work WHERE action = ? AND place = ? AND deadline IS NULL",
        action.value(),
        place);
  }

  /** What the service made of the action, empty if it has not been asked. */
  Optional<ActionTaken> taken(ActionId serviceAction) {
    return jdbc
        .query(
            "SELECT payload FROM events WHERE aggregate_identifier = ? AND sequence_number = 0",
            (row, _) -> Wire.MAPPER.readValue(row.getString(1), ActionTaken.class),
            serviceAction.value())
        .stream()
        .findFirst();
  }

  List<ActionId> withUnsent() {
    return jdbc.query(
        "SELECT DISTINCT action FROM stack_work WHERE NOT sent",
        (row, _) -> new ActionId(row.getString(1)));
  }

  List<Asked> allSent() {
    return jdbc.query(
        "SELECT stack, action, "
            + late("max(deadline)")
            + " FROM stack_work"
            + " GROUP BY stack, action HAVING bool_and(sent)",
        (row, _) ->
            new Asked(
                new StackId(row.getString(1)), new ActionId(row.getString(2)), row.getBoolean(3)));
  }

  List<Progress> progress(ActionId action) {
    return jdbc.query(
        "SELECT w.service, w.refusal, e.payload FROM stack_work w LEFT JOIN events e"
            + " ON e.aggregate_identifier = w.service_action AND e.payload_type = 'ActionEnded'"
            + " WHERE w.action = ? ORDER BY w.place",
        (row, _) ->
            new Progress(
                new ServiceId(row.getString(1)),
                row.getString(2),
                row.getString(3) == null
                    ? null
                    : Wire.MAPPER.readValue(row.getString(3), ActionEnded.class)),
        action.value());
  }
}
