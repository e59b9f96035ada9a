package dev.slipway.command.service;

import dev.slipway.model.action.ActionEvent.ActionTaken;
import dev.slipway.model.action.ActionState;
import dev.slipway.model.service.ServiceCommand.Asked;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** Leaves an action for what was refused, which leaves nothing else. */
public final class RefusedActions {

  /** A request that was refused for this reason. */
  public record RecordRefusal(Asked asked, String reason) {}

  @CommandHandler
  void handle(RecordRefusal refusal, EventStore events) {
    var action = refusal.asked().action();
    var taken =
        new ActionTaken(action, refusal.asked().request(), ActionState.FAILED, refusal.reason());
    events.publish(new GenericDomainEventMessage<>("Action", action.value(), 0, taken));
  }
}
