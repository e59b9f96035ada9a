package dev.slipway.command.node;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.command.node.NodeCommand.CheckNode;
import dev.slipway.command.node.NodeCommand.DrainNode;
import dev.slipway.command.node.NodeCommand.EndDrain;
import dev.slipway.command.node.NodeCommand.HearNode;
import dev.slipway.command.node.NodeCommand.HoldUpDrain;
import dev.slipway.command.node.NodeCommand.LoseNode;
import dev.slipway.command.node.NodeCommand.RemoveUnowned;
import dev.slipway.command.node.NodeCommand.TerminateNode;
import dev.slipway.command.node.NodeCommand.UndrainNode;
import dev.slipway.command.node.NodeCommand.UpdateNode;
import dev.slipway.command.node.NodeCommand.UpgradeEngine;
import dev.slipway.command.node.NodeCommand.UserNodeCommand;
import dev.slipway.model.action.ActionEvent;
import dev.slipway.model.action.ActionEvent.ActionEnded;
import dev.slipway.model.action.ActionEvent.ActionTaken;
import dev.slipway.model.action.ActionState;
import dev.slipway.model.node.Node;
import dev.slipway.model.node.NodeEvent;
import dev.slipway.model.node.NodeEvent.NodeDrainEnded;
import dev.slipway.model.node.NodeId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.SequenceNumber;
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
 * Ties {@link NodeDecider} to Axon, and decides nothing itself. A user's command leaves its action
 * in the same transaction.
 */
@AggregateRoot(type = "Node")
@Revision("2")
class NodeAggregate {

  @AggregateIdentifier @JsonProperty private @Nullable NodeId id;
  @JsonProperty private @Nullable Node node;

  NodeAggregate() {}

  @CommandHandler
  @CreationPolicy(CREATE_IF_MISSING)
  void handle(HearNode command, EventStore events) {
    decide(command, events);
  }

  @CommandHandler
  void handle(LoseNode command, EventStore events) {
    decide(command, events);
  }

  @CommandHandler
  void handle(HoldUpDrain command, EventStore events) {
    decide(command, events);
  }

  @CommandHandler
  void handle(EndDrain command, EventStore events) {
    decide(command, events);
  }

  @CommandHandler
  Node handle(UpdateNode command, EventStore events) {
    return asked(command, events);
  }

  @CommandHandler
  Node handle(TerminateNode command, EventStore events) {
    return asked(command, events);
  }

  @CommandHandler
  Node handle(DrainNode command, EventStore events) {
    return asked(command, events);
  }

  @CommandHandler
  Node handle(UndrainNode command, EventStore events) {
    return asked(command, events);
  }

  @CommandHandler
  Node handle(RemoveUnowned command, EventStore events) {
    return asked(command, events);
  }

  @CommandHandler
  Node handle(CheckNode command, EventStore events) {
    return asked(command, events);
  }

  @CommandHandler
  Node handle(UpgradeEngine command, EventStore events) {
    return asked(command, events);
  }

  private Node asked(UserNodeCommand command, EventStore events) {
    var decided = NodeDecider.decide(command, node);
    publish(taken(command, Objects.requireNonNull(node)), 0, events);
    apply(decided, events);
    return Objects.requireNonNull(node);
  }

  private void decide(NodeCommand command, EventStore events) {
    apply(NodeDecider.decide(command, node), events);
  }

  private static void apply(List<NodeEvent> decided, EventStore events) {
    for (var event : decided) {
      AggregateLifecycle.apply(event);
      if (event instanceof NodeDrainEnded(_, var action, var success, var reason)) {
        var state = success ? ActionState.SUCCESS : ActionState.FAILED;
        publish(new ActionEnded(action, state, reason), 1, events);
      }
    }
  }

  private static ActionTaken taken(UserNodeCommand command, Node node) {
    var failure = NodeDecider.failure(command, node);
    var done = failure == null ? ActionState.SUCCESS : ActionState.FAILED;
    var state = command instanceof DrainNode ? ActionState.IN_PROGRESS : done;
    return new ActionTaken(command.asked().action(), command.asked().request(), state, failure);
  }

  private static void publish(ActionEvent event, long sequence, EventStore events) {
    events.publish(
        new GenericDomainEventMessage<>("Action", event.actionId().value(), sequence, event));
  }

  @EventSourcingHandler
  void on(NodeEvent event, @SequenceNumber long sequence, @Timestamp Instant at) {
    id = event.nodeId();
    node = Node.evolve(node, event, sequence, at);
  }
}
