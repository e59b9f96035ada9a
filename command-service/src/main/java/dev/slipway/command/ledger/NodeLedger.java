package dev.slipway.command.ledger;

import dev.slipway.model.action.ActionId;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads from the ledger what is to be done about nodes. */
public final class NodeLedger {

  /** A node that is to become empty. */
  public record Drain(NodeId node, ActionId action, boolean expired) {}

  /** A service with containers on a node. */
  public record Inhabitant(ServiceId service, NodeId node) {}

  private final JdbcTemplate jdbc;

  public NodeLedger(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** The containers on a node. */
  public List<ContainerId> containersOn(NodeId node) {
    return jdbc.query(
        "SELECT container FROM placements WHERE node = ? ORDER BY service, slot",
        (row, _) -> new ContainerId(row.getString(1)),
        node.value());
  }

  /** The services that have containers on a node. */
  public List<ServiceId> servicesOn(NodeId node) {
    return jdbc.query(
        "SELECT DISTINCT service FROM placements WHERE node = ? ORDER BY service",
        (row, _) -> new ServiceId(row.getString(1)),
        node.value());
  }

  /** Drains under way, and whether their deadline has passed by the database's clock. */
  public List<Drain> drains() {
    return jdbc.query(
        "SELECT node, drain_action, drain_deadline < now() FROM nodes"
            + " WHERE drain_action IS NOT NULL ORDER BY node",
        (row, _) ->
            new Drain(
                new NodeId(row.getString(1)), new ActionId(row.getString(2)), row.getBoolean(3)));
  }

  /** What is still said to be on nodes that are terminated. */
  public List<Inhabitant> onTerminatedNodes() {
    return jdbc.query(
        "SELECT DISTINCT p.service, p.node FROM placements p"
            + " WHERE NOT EXISTS (SELECT 1 FROM nodes n WHERE n.node = p.node)"
            + " ORDER BY p.service LIMIT 1000",
        (row, _) -> inhabitant(row));
  }

  /** What does not wait for nodes that have been silent for longer. */
  public List<Inhabitant> onSilentNodes(Duration grace) {
    return jdbc.query(
        "SELECT DISTINCT p.service, p.node FROM placements p"
            + " JOIN nodes n ON n.node = p.node JOIN node_followers f ON f.service = p.service"
            + " WHERE f.reschedule AND n.silent_since < now() - make_interval(secs => ?)"
            + " ORDER BY p.service LIMIT 1000",
        (row, _) -> inhabitant(row),
        grace.toMillis() / 1000.0);
  }

  /** Services with a container on every node, or with a slot that waits for one. */
  public List<ServiceId> followers() {
    return jdbc.query(
        "SELECT service FROM node_followers WHERE every_node"
            + " UNION SELECT service FROM owed_slots ORDER BY service",
        (row, _) -> new ServiceId(row.getString(1)));
  }

  private static Inhabitant inhabitant(ResultSet row) throws SQLException {
    return new Inhabitant(new ServiceId(row.getString(1)), new NodeId(row.getString(2)));
  }
}
