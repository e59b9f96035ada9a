package dev.slipway.command.ledger;

import dev.slipway.model.Namespace;
import dev.slipway.model.node.NodeEvent;
import dev.slipway.model.node.NodeEvent.NodeFactsChanged;
import dev.slipway.model.node.NodeEvent.NodeRegistered;
import dev.slipway.model.node.NodeEvent.NodeReturned;
import dev.slipway.model.node.NodeEvent.NodeTerminated;
import dev.slipway.model.node.NodeEvent.NodeUnreachable;
import dev.slipway.model.node.NodeEvent.NodeUpdated;
import dev.slipway.model.node.NodeFacts;
import dev.slipway.model.node.NodeId;
import java.util.Map;

/** A node as the ledger holds it. */
public record LedgerNode(NodeId id, Namespace namespace, boolean reachable, NodeFacts facts) {

  static void apply(NodeEvent event, Map<NodeId, LedgerNode> nodes) {
    var id = event.nodeId();
    switch (event) {
      case NodeRegistered(_, var namespace, var facts) ->
          nodes.put(id, new LedgerNode(id, namespace, true, facts));
      case NodeFactsChanged(_, var facts) ->
          nodes.computeIfPresent(
              id, (_, node) -> new LedgerNode(id, node.namespace, node.reachable, facts));
      case NodeUnreachable _ -> reachable(id, false, nodes);
      case NodeReturned _ -> reachable(id, true, nodes);
      case NodeTerminated _ -> nodes.remove(id);
      case NodeUpdated _ -> {}
    }
  }

  private static void reachable(NodeId id, boolean reachable, Map<NodeId, LedgerNode> nodes) {
    nodes.computeIfPresent(
        id, (_, node) -> new LedgerNode(id, node.namespace, reachable, node.facts));
  }
}
