package dev.slipway.command.ledger;

import dev.slipway.model.Namespace;
import dev.slipway.model.node.NodeEvent;
import dev.slipway.model.node.NodeEvent.NodeDrainBegun;
import dev.slipway.model.node.NodeEvent.NodeDrainEnded;
import dev.slipway.model.node.NodeEvent.NodeDrainHeldUp;
import dev.slipway.model.node.NodeEvent.NodeFactsChanged;
import dev.slipway.model.node.NodeEvent.NodeRegistered;
import dev.slipway.model.node.NodeEvent.NodeReturned;
import dev.slipway.model.node.NodeEvent.NodeTerminated;
import dev.slipway.model.node.NodeEvent.NodeUndrained;
import dev.slipway.model.node.NodeEvent.NodeUnreachable;
import dev.slipway.model.node.NodeEvent.NodeUpdated;
import dev.slipway.model.node.NodeEvent.UnownedRemovalRequested;
import dev.slipway.model.node.NodeFacts;
import dev.slipway.model.node.NodeId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A node as the ledger holds it; one that is terminated is not there.
 *
 * @param userTags those that users gave it
 * @param draining whether no container may be placed on it
 */
public record LedgerNode(
    NodeId id,
    Namespace namespace,
    boolean reachable,
    NodeFacts facts,
    List<String> userTags,
    boolean draining) {

  public LedgerNode {
    userTags = List.copyOf(userTags);
  }

  /** The node after the event, null if it is no more. */
  static @Nullable LedgerNode after(NodeEvent event, @Nullable LedgerNode node) {
    if (event instanceof NodeRegistered(var id, var namespace, var facts)) {
      return new LedgerNode(id, namespace, true, facts, List.of(), false);
    }
    if (node == null) {
      return null;
    }
    return switch (event) {
      case NodeRegistered _, NodeDrainHeldUp _, NodeDrainEnded _, UnownedRemovalRequested _ -> node;
      case NodeFactsChanged(_, var newer) -> node.with(node.reachable, newer, node.draining);
      case NodeUnreachable _ -> node.with(false, node.facts, node.draining);
      case NodeReturned _ -> node.with(true, node.facts, node.draining);
      case NodeUpdated(_, _, var tags) ->
          new LedgerNode(node.id, node.namespace, node.reachable, node.facts, tags, node.draining);
      case NodeDrainBegun _ -> node.with(node.reachable, node.facts, true);
      case NodeUndrained _ -> node.with(node.reachable, node.facts, false);
      case NodeTerminated _ -> null;
    };
  }

  private LedgerNode with(boolean reachable, NodeFacts facts, boolean draining) {
    return new LedgerNode(id, namespace, reachable, facts, userTags, draining);
  }

  /** Those of the agent and those of users. */
  Set<String> tags() {
    var all = new TreeSet<>(facts.tags());
    all.addAll(userTags);
    return all;
  }
}
