package dev.slipway.command.ledger;

import dev.slipway.model.account.AccountEvent;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.node.NodeEvent;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.AttributesSet;
import dev.slipway.model.service.ServiceEvent.ContainerGone;
import dev.slipway.model.service.ServiceEvent.ContainerObserved;
import dev.slipway.model.service.ServiceEvent.ContainerOperationBegun;
import dev.slipway.model.service.ServiceEvent.ContainerOperationEnded;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.ContainerRequest;
import dev.slipway.model.service.ServiceEvent.FleetResized;
import dev.slipway.model.service.ServiceEvent.OperationBegun;
import dev.slipway.model.service.ServiceEvent.OperationEnded;
import dev.slipway.model.service.ServiceEvent.OperationQueued;
import dev.slipway.model.service.ServiceEvent.PlacementRefused;
import dev.slipway.model.service.ServiceEvent.QueuedOperationDropped;
import dev.slipway.model.service.ServiceEvent.RedeployRolledBack;
import dev.slipway.model.service.ServiceEvent.ServiceTerminated;
import dev.slipway.model.service.ServiceEvent.TriggerCreated;
import dev.slipway.model.service.ServiceEvent.TriggerDeleted;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.modelling.command.ConcurrencyException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Keeps tables in step with the log, in the transaction of the events themselves: what must be
 * unique over all services, and what must be found without reading every service. All of it follows
 * from the log.
 */
public final class Ledger {

  private final JdbcTemplate jdbc;
  private final ClusterView cluster;
  private final ReferenceWriter references;
  private final NodeWriter nodes;
  private final FollowerWriter followers;
  private final RegistryLoginWriter registryLogins;

  public Ledger(JdbcTemplate jdbc, ClusterView cluster) {
    this.jdbc = jdbc;
    this.cluster = cluster;
    this.references = new ReferenceWriter(jdbc);
    this.nodes = new NodeWriter(jdbc);
    this.followers = new FollowerWriter(jdbc);
    this.registryLogins = new RegistryLoginWriter(jdbc);
  }

  /**
   * Writes what follows from events that are about to be stored.
   *
   * @throws ConcurrencyException if another service holds a port that one of them claims
   */
  public void write(List<? extends EventMessage<?>> messages) {
    for (var message : messages) {
      switch (message.getPayload()) {
        case ServiceEvent event -> {
          write(event);
          references.write(event, message.getTimestamp());
        }
        case NodeEvent event -> nodes.write(event);
        case AccountEvent event -> registryLogins.write(event);
        default -> {} // has no tables here
      }
    }
    cluster.applyOnCommit(messages);
  }

  private void write(ServiceEvent event) {
    followers.write(event);
    switch (event) {
      case OperationBegun begun -> begin(event, begun.operation(), begun.deadline());
      case ContainerOperationBegun begun -> begin(event, begun.operation(), begun.deadline());
      case OperationEnded ended -> end(ended.operation());
      case ContainerOperationEnded ended -> end(ended.operation());
      case PlacementRefused refused -> {
        if (refused.waiting()) {
          update(
              "UPDATE operations SET waiting = TRUE WHERE service = ?",
              refused.serviceId().value());
        }
      }
      case ContainerPlaced placed -> place(placed);
      case ContainerGone gone -> remove(gone.container().value());
      case RedeployRolledBack _, OperationQueued _, QueuedOperationDropped _ -> {}
      case AttributesSet _, TriggerCreated _, TriggerDeleted _, ContainerRequest _ -> {}
      case ContainerObserved _, FleetResized _, ServiceTerminated _ -> {}
    }
  }

  private void begin(ServiceEvent event, ActionId operation, Instant deadline) {
    update(
        "INSERT INTO operations (service, operation, deadline) VALUES (?, ?, ?)",
        event.serviceId().value(),
        operation.value(),
        Timestamp.from(deadline));
  }

  private void end(ActionId operation) {
    update("DELETE FROM operations WHERE operation = ?", operation.value());
  }

  private void place(ContainerPlaced placed) {
    update(
        "INSERT INTO placements (container, service, node, slot) VALUES (?, ?, ?, ?)",
        placed.container().value(),
        placed.serviceId().value(),
        placed.node().value(),
        placed.slot());
    for (var claim : placed.claims()) {
      try {
        update(
            "INSERT INTO port_claims (node, protocol, port, container) VALUES (?, ?, ?, ?)",
            placed.node().value(),
            claim.protocol().text(),
            claim.outerPort(),
            placed.container().value());
      } catch (DuplicateKeyException taken) {
        cluster.forget();
        throw new ConcurrencyException("Another container has just claimed " + claim, taken);
      }
    }
  }

  private void remove(String container) {
    update("DELETE FROM placements WHERE container = ?", container);
  }

  private void update(String sql, Object... values) {
    jdbc.update(sql, values);
  }
}
