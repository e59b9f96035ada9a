package dev.slipway.command.service;

import dev.slipway.command.scheduling.Cluster;
import dev.slipway.model.api.Reach;
import dev.slipway.model.container.Container;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ContainerRemovalRequested;
import dev.slipway.model.service.ServiceEvent.ContainerStartRequested;
import dev.slipway.model.service.ServiceEvent.ContainerStopRequested;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A decision in the making: the events so far, and the service as it is after them. */
final class Decision {

  private final List<ServiceEvent> events = new ArrayList<>();
  private final Cluster.Source clusters;
  private final Instant now;
  private @Nullable Service service;
  private @Nullable Cluster cluster;
  private @Nullable Map<String, Service> linked;

  Decision(@Nullable Service service, Cluster.Source clusters, Instant now) {
    this.service = service;
    this.clusters = clusters;
    this.now = now;
  }

  void add(ServiceEvent event) {
    var before = service;
    events.add(event);
    service = Service.evolve(before, event, now);
    if (before != null) {
      leave(before, service());
    }
  }

  /** Who places a container in this decision finds the room of those that are gone by it. */
  private void leave(Service before, Service after) {
    if (after.fleet().containers().size() < before.fleet().containers().size()) {
      before.fleet().containers().stream()
          .filter(container -> after.fleet().find(container.id()).isEmpty())
          .forEach(
              gone ->
                  cluster()
                      .free(gone.node(), after.id(), Needs.ports(before.definitions().of(gone))));
    }
  }

  void start(Container container) {
    add(new ContainerStartRequested(service().id(), container.id()));
  }

  void stop(Container container) {
    add(new ContainerStopRequested(service().id(), container.id()));
  }

  void remove(Container container) {
    add(new ContainerRemovalRequested(service().id(), container.id()));
  }

  /** Places a container in the slot, or records why no node takes it. */
  void place(int slot) {
    add(Placing.place(slot, service(), this, List.of()));
  }

  /** The service after all events so far; there must be one. */
  Service service() {
    return Objects.requireNonNull(service);
  }

  /** The nodes, with the containers that this decision has placed so far. */
  Cluster cluster() {
    if (cluster == null) {
      cluster = clusters.of(service().namespace());
    }
    return cluster;
  }

  /** What the links of a container placed on the node now give it. */
  List<EnvironmentVariable> linkVariables(NodeId node) {
    return linked().isEmpty() ? List.of() : LinksAtPlacement.variables(linked(), reach(node));
  }

  /** Why a container on the node cannot have the variables of its links; null if it can. */
  @Nullable String linksTooLarge(NodeId node) {
    return linked().isEmpty() ? null : LinksAtPlacement.tooLarge(linked(), reach(node));
  }

  private Map<String, Service> linked() {
    var known = linked;
    if (known == null) {
      known = LinksAtPlacement.targets(service(), clusters);
      linked = known;
    }
    return known;
  }

  private Reach reach(NodeId node) {
    return new Reach(service(), node, cluster().addresses());
  }

  Instant now() {
    return now;
  }

  List<ServiceEvent> events() {
    return List.copyOf(events);
  }
}
