package dev.slipway.command.exec;

import dev.slipway.model.action.ActionEvent;
import dev.slipway.model.action.ActionEvent.ActionEnded;
import dev.slipway.model.action.ActionEvent.ActionTaken;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.action.ActionState;
import dev.slipway.model.service.ServiceCommand.Asked;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Records sessions as actions. What is told twice is recorded once. */
public final class ExecActions {

  /** Somebody has begun a session; it goes by its action's uuid. */
  public record BeginExec(Asked asked) {}

  /**
   * @param problem why it could not go on, null if nothing was wrong
   */
  public record EndExec(ActionId action, @Nullable String problem) {}

  private final JdbcTemplate jdbc;

  public ExecActions(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @CommandHandler
  void handle(BeginExec begin, EventStore events) {
    var action = begin.asked().action();
    if (events.lastSequenceNumberFor(action.value()).isPresent()) {
      return;
    }
    jdbc.update("INSERT INTO exec_sessions (action) VALUES (?)", action.value());
    publish(
        new ActionTaken(action, begin.asked().request(), ActionState.IN_PROGRESS, null), 0, events);
  }

  @CommandHandler
  void handle(EndExec end, EventStore events) {
    var action = end.action().value();
    if (jdbc.update("DELETE FROM exec_sessions WHERE action = ?", action) == 0) {
      return;
    }
    var state = end.problem() == null ? ActionState.SUCCESS : ActionState.FAILED;
    publish(new ActionEnded(end.action(), state, end.problem()), 1, events);
  }

  private static void publish(ActionEvent event, long sequence, EventStore events) {
    events.publish(
        new GenericDomainEventMessage<>("Action", event.actionId().value(), sequence, event));
  }
}
