package dev.slipway.command.service;

import dev.slipway.command.scheduling.Cluster;
import dev.slipway.model.Namespace;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceId;
import java.util.Optional;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** The nodes as they are known, and other services as the log has them at this moment. */
record StoredServices(Cluster.Source nodes, EventStore events) implements Cluster.Source {

  @Override
  public Cluster of(Namespace namespace) {
    return nodes.of(namespace);
  }

  @Override
  public Optional<Service> service(ServiceId id) {
    return new LoggedServices(events).find(id);
  }
}
