package dev.slipway.command.node;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.command.node.NodeCommand.HearNode;
import dev.slipway.command.node.NodeCommand.LoseNode;
import dev.slipway.model.node.NodeEvent;
import dev.slipway.model.node.NodeId;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** Ties {@link NodeDecider} to Axon, and decides nothing itself. */
@AggregateRoot(type = "Node")
@Revision("1")
class NodeAggregate {

  @AggregateIdentifier @JsonProperty private @Nullable NodeId id;
  @JsonProperty private @Nullable NodeState state;

  NodeAggregate() {}

  @CommandHandler
  @CreationPolicy(CREATE_IF_MISSING)
  void handle(HearNode command) {
    decide(command);
  }

  @CommandHandler
  void handle(LoseNode command) {
    decide(command);
  }

  private void decide(NodeCommand command) {
    NodeDecider.decide(command, state).forEach(AggregateLifecycle::apply);
  }

  @EventSourcingHandler
  void on(NodeEvent event) {
    id = event.nodeId();
    state = NodeState.evolve(state, event);
  }
}
