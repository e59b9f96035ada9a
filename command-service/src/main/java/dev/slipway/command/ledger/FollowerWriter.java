package dev.slipway.command.ledger;

import static dev.slipway.model.attribute.Attributes.DEPLOYMENT_STRATEGY;
import static dev.slipway.model.attribute.Attributes.ON_NODE_LOSS;

import dev.slipway.model.service.DeploymentStrategy;
import dev.slipway.model.service.OnNodeLoss;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ContainerGone;
import dev.slipway.model.service.ServiceEvent.ContainerLost;
import dev.slipway.model.service.ServiceEvent.ContainerObserved;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.ContainerRequest;
import dev.slipway.model.service.ServiceEvent.FleetResized;
import dev.slipway.model.service.ServiceEvent.OperationBegun;
import dev.slipway.model.service.ServiceEvent.OperationEvent;
import dev.slipway.model.service.ServiceEvent.PlacementRefused;
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import dev.slipway.model.service.ServiceEvent.ServiceTerminated;
import dev.slipway.model.service.ServiceEvent.ServiceUpdated;
import dev.slipway.model.service.ServiceEvent.TriggerCreated;
import dev.slipway.model.service.ServiceEvent.TriggerDeleted;
import org.springframework.jdbc.core.JdbcTemplate;

/** Keeps which services follow the nodes by themselves, and which slots wait for one. */
final class FollowerWriter {

  private final JdbcTemplate jdbc;

  FollowerWriter(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  void write(ServiceEvent event) {
    var service = event.serviceId().value();
    switch (event) {
      case ServiceCreated created -> follow(service, created.definition());
      case ServiceUpdated(_, var changes) -> {
        if (changes.sets(ON_NODE_LOSS)) {
          reschedule(service, changes.get(ON_NODE_LOSS) == OnNodeLoss.RESCHEDULE);
        }
      }
      case ServiceTerminated _ -> {
        jdbc.update("DELETE FROM node_followers WHERE service = ?", service);
        oweNothing(service);
      }
      case OperationBegun _ -> oweNothing(service);
      case PlacementRefused refused -> owe(service, refused.slot());
      case ContainerLost lost -> {
        if (lost.owed()) {
          owe(service, lost.slot());
        }
      }
      case ContainerPlaced placed ->
          jdbc.update(
              "DELETE FROM owed_slots WHERE service = ? AND slot = ?", service, placed.slot());
      case OperationEvent _, TriggerCreated _, TriggerDeleted _, FleetResized _ -> {}
      case ContainerRequest _, ContainerObserved _, ContainerGone _ -> {}
    }
  }

  /** Most services follow no node. */
  private void follow(String service, ServiceDefinition definition) {
    boolean everyNode = definition.get(DEPLOYMENT_STRATEGY) == DeploymentStrategy.EVERY_NODE;
    boolean reschedule = definition.get(ON_NODE_LOSS) == OnNodeLoss.RESCHEDULE;
    if (everyNode || reschedule) {
      jdbc.update(
          "INSERT INTO node_followers (service, every_node, reschedule) VALUES (?, ?, ?)",
          service,
          everyNode,
          reschedule);
    }
  }

  /** Whether a service has a container on every node never changes. */
  private void reschedule(String service, boolean reschedule) {
    jdbc.update(
        "INSERT INTO node_followers (service, every_node, reschedule) VALUES (?, FALSE, ?)"
            + " ON CONFLICT (service) DO UPDATE SET reschedule = EXCLUDED.reschedule",
        service,
        reschedule);
  }

  private void oweNothing(String service) {
    jdbc.update("DELETE FROM owed_slots WHERE service = ?", service);
  }

  private void owe(String service, int slot) {
    jdbc.update(
        "INSERT INTO owed_slots (service, slot) VALUES (?, ?) ON CONFLICT DO NOTHING",
        service,
        slot);
  }
}
