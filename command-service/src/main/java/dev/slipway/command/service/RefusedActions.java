package dev.slipway.command.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.model.action.ActionEvent.ActionTaken;
import dev.slipway.model.action.ActionState;
import dev.slipway.model.service.ServiceCommand.Asked;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** Leaves an action for what was refused, which leaves nothing else. */
public final class RefusedActions {

  private static final int MAX_REASON_CHARACTERS = 2_000;

  /** A request that was refused for this reason. */
  public record RecordRefusal(Asked asked, String reason) {}

  /** A request that was done, and is of no service. */
  public record RecordSuccess(Asked asked) {}

  @CommandHandler
  void handle(RecordSuccess success, EventStore events) {
    var action = success.asked().action();
    var taken = new ActionTaken(action, success.asked().request(), ActionState.SUCCESS, null);
    events.publish(new GenericDomainEventMessage<>("Action", action.value(), 0, taken));
  }

  @CommandHandler
  void handle(RecordRefusal refusal, EventStore events) {
    var action = refusal.asked().action();
    var taken =
        new ActionTaken(action, refusal.asked().request(), ActionState.FAILED, reason(refusal));
    events.publish(new GenericDomainEventMessage<>("Action", action.value(), 0, taken));
  }

  /** A reason that repeats a long value is cut. Half of a surrogate pair cannot be stored. */
  private static String reason(RecordRefusal refusal) {
    var reason = refusal.reason();
    var cut =
        reason.length() <= MAX_REASON_CHARACTERS
            ? reason
            : reason.substring(0, MAX_REASON_CHARACTERS) + "…";
    return new String(cut.getBytes(UTF_8), UTF_8);
  }
}
