package dev.slipway.command.node;

import dev.slipway.model.Namespace;
import dev.slipway.model.node.NodeFacts;
import dev.slipway.model.node.NodeId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What may be asked of a node. */
sealed interface NodeCommand {

  NodeId nodeId();

  /** A heartbeat that says something new: of a new node, of new facts, or after a silence. */
  record HearNode(@TargetAggregateIdentifier NodeId nodeId, Namespace namespace, NodeFacts facts)
      implements NodeCommand {}

  /** No heartbeat came for longer than allowed. */
  record LoseNode(@TargetAggregateIdentifier NodeId nodeId) implements NodeCommand {}
}
