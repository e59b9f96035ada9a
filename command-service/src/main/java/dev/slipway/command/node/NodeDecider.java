package dev.slipway.command.node;

import dev.slipway.command.node.NodeCommand.HearNode;
import dev.slipway.command.node.NodeCommand.LoseNode;
import dev.slipway.model.node.NodeEvent;
import dev.slipway.model.node.NodeEvent.NodeFactsChanged;
import dev.slipway.model.node.NodeEvent.NodeRegistered;
import dev.slipway.model.node.NodeEvent.NodeReturned;
import dev.slipway.model.node.NodeEvent.NodeUnreachable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides what follows from a node's heartbeats, or from their absence. */
final class NodeDecider {

  private static final List<NodeEvent> NOTHING = List.of();

  private NodeDecider() {}

  static List<NodeEvent> decide(NodeCommand command, @Nullable NodeState node) {
    return switch (command) {
      case HearNode hear when node == null ->
          List.of(new NodeRegistered(hear.nodeId(), hear.namespace(), hear.facts()));
      case HearNode hear when !node.terminated() -> heard(hear, node);
      case LoseNode(var id) when node != null && node.reachable() && !node.terminated() ->
          List.of(new NodeUnreachable(id));
      case HearNode _, LoseNode _ -> NOTHING;
    };
  }

  private static List<NodeEvent> heard(HearNode hear, NodeState node) {
    var events = new ArrayList<NodeEvent>();
    if (!hear.facts().equals(node.facts())) {
      events.add(new NodeFactsChanged(hear.nodeId(), hear.facts()));
    }
    if (!node.reachable()) {
      events.add(new NodeReturned(hear.nodeId()));
    }
    return events;
  }
}
