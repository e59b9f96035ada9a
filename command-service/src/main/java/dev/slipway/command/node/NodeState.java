package dev.slipway.command.node;

import dev.slipway.model.node.NodeEvent;
import dev.slipway.model.node.NodeEvent.NodeFactsChanged;
import dev.slipway.model.node.NodeEvent.NodeRegistered;
import dev.slipway.model.node.NodeEvent.NodeReturned;
import dev.slipway.model.node.NodeEvent.NodeTerminated;
import dev.slipway.model.node.NodeEvent.NodeUnreachable;
import dev.slipway.model.node.NodeEvent.NodeUpdated;
import dev.slipway.model.node.NodeFacts;
import org.jspecify.annotations.Nullable;

/** What the decider needs to remember of a node. */
record NodeState(NodeFacts facts, boolean reachable, boolean terminated) {

  static NodeState evolve(@Nullable NodeState node, NodeEvent event) {
    if (event instanceof NodeRegistered(_, _, var facts)) {
      return new NodeState(facts, true, false);
    }
    if (node == null) {
      throw new IllegalStateException("A log begins with " + event);
    }
    return switch (event) {
      case NodeRegistered _, NodeUpdated _ -> node;
      case NodeFactsChanged(_, var facts) -> new NodeState(facts, node.reachable, node.terminated);
      case NodeUnreachable _ -> new NodeState(node.facts, false, node.terminated);
      case NodeReturned _ -> new NodeState(node.facts, true, node.terminated);
      case NodeTerminated _ -> new NodeState(node.facts, false, true);
    };
  }
}
