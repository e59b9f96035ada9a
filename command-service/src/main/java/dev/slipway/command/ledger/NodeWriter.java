package dev.slipway.command.ledger;

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
import dev.slipway.model.wire.Wire;
import java.sql.Timestamp;
import org.springframework.jdbc.core.JdbcTemplate;

/** Keeps the ledger's nodes. */
final class NodeWriter {

  private final JdbcTemplate jdbc;

  NodeWriter(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  void write(NodeEvent event) {
    var node = event.nodeId().value();
    switch (event) {
      case NodeRegistered(_, var namespace, var facts) ->
          jdbc.update(
              "INSERT INTO nodes (node, namespace, reachable, facts) VALUES (?, ?, TRUE, ?)",
              node,
              namespace.value(),
              json(facts));
      case NodeFactsChanged(_, var facts) -> set(node, "facts = ?", json(facts));
      case NodeUnreachable _ -> set(node, "reachable = FALSE, silent_since = now()");
      case NodeReturned _ -> set(node, "reachable = TRUE, silent_since = NULL");
      case NodeUpdated(_, _, var tags) -> set(node, "user_tags = ?", json(tags));
      case NodeDrainBegun(_, var action, var deadline) ->
          set(
              node,
              "draining = TRUE, drain_action = ?, drain_deadline = ?",
              action.value(),
              Timestamp.from(deadline));
      case NodeDrainHeldUp _, UnownedRemovalRequested _ -> {}
      case NodeDrainEnded _ -> set(node, "drain_action = NULL, drain_deadline = NULL");
      case NodeUndrained _ ->
          set(node, "draining = FALSE, drain_action = NULL, drain_deadline = NULL");
      case NodeTerminated _ -> jdbc.update("DELETE FROM nodes WHERE node = ?", node);
    }
  }

  private void set(String node, String columns, Object... values) {
    var all = java.util.Arrays.copyOf(values, values.length + 1);
    all[values.length] = node;
    jdbc.update("UPDATE nodes SET " + columns + " WHERE node = ?", all);
  }

  private static String json(Object value) {
    return Wire.MAPPER.writeValueAsString(value);
  }
}
