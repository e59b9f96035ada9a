package dev.slipway.command.stack;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.command.stack.StackCommand.CreateStack;
import dev.slipway.command.stack.StackCommand.EndStackOperation;
import dev.slipway.command.stack.StackCommand.OperateStack;
import dev.slipway.command.stack.StackCommand.UpdateStack;
import dev.slipway.command.stack.StackCommand.UserCommand;
import dev.slipway.model.action.ActionEvent;
import dev.slipway.model.action.ActionEvent.ActionEnded;
import dev.slipway.model.action.ActionEvent.ActionTaken;
import dev.slipway.model.action.ActionState;
import dev.slipway.model.stack.Stack;
import dev.slipway.model.stack.StackEvent;
import dev.slipway.model.stack.StackEvent.StackOperationEnded;
import dev.slipway.model.stack.StackId;
import java.time.Instant;
import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * Ties {@link StackDecider} to Axon, and decides nothing itself. What the services are to be asked
 * is written down in the same transaction; the {@link StackKeeper} asks it.
 */
@AggregateRoot(type = StackAggregate.TYPE)
@Revision("1")
class StackAggregate {

  static final String TYPE = "Stack";

  @AggregateIdentifier @JsonProperty private @Nullable StackId id;
  @JsonProperty private @Nullable Stack stack;

  StackAggregate() {}

  @CommandHandler
  @CreationPolicy(CREATE_IF_MISSING)
  Stack handle(CreateStack command, StackLedger ledger, EventStore events) {
    return decide(command, ledger, events);
  }

  @CommandHandler
  Stack handle(UpdateStack command, StackLedger ledger, EventStore events) {
    return decide(command, ledger, events);
  }

  @CommandHandler
  Stack handle(OperateStack command, StackLedger ledger, EventStore events) {
    return decide(command, ledger, events);
  }

  @CommandHandler
  Stack handle(EndStackOperation command, StackLedger ledger, EventStore events) {
    return decide(command, ledger, events);
  }

  private Stack decide(StackCommand command, StackLedger ledger, EventStore events) {
    var inventory = ledger.inventory(command.stackId(), events);
    var decided = StackDecider.decide(command, stack, inventory);
    if (command instanceof UserCommand user) {
      var state = decided.begins() ? ActionState.IN_PROGRESS : ActionState.SUCCESS;
      publish(
          new ActionTaken(user.asked().action(), user.asked().request(), state, null), 0, events);
      ledger.work().add(command.stackId(), user.asked().action(), decided);
    }
    for (var event : decided.events()) {
      AggregateLifecycle.apply(event);
      if (event instanceof StackOperationEnded(_, var operation, var success, var reason)) {
        var state = success ? ActionState.SUCCESS : ActionState.FAILED;
        publish(new ActionEnded(operation, state, reason), 1, events);
      }
    }
    if (command instanceof EndStackOperation end) {
      ledger.work().remove(end.operation());
    }
    return Objects.requireNonNull(stack);
  }

  private static void publish(ActionEvent event, long sequence, EventStore events) {
    events.publish(
        new GenericDomainEventMessage<>("Action", event.actionId().value(), sequence, event));
  }

  @EventSourcingHandler
  void on(StackEvent event, @Timestamp Instant at) {
    id = event.stackId();
    stack = Stack.evolve(stack, event, at);
  }
}
