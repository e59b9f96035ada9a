package dev.slipway.command.service;

import static dev.slipway.model.attribute.Attributes.DEPLOYMENT_STRATEGY;
import static dev.slipway.model.attribute.Attributes.TAGS;

import dev.slipway.command.scheduling.Candidate;
import dev.slipway.command.scheduling.Cluster;
import dev.slipway.command.scheduling.Need.Bond;
import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerPhase;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.DeploymentStrategy;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent.ContainerWithdrawn;
import dev.slipway.model.service.ServiceEvent.FleetResized;
import dev.slipway.model.service.ServiceEvent.PlacementRefused;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A service with one container on every node that matches: the nodes say how many there are. */
final class EveryNode {

  private EveryNode() {}

  static boolean isStrategyOf(ServiceDefinition definition) {
    return definition.get(DEPLOYMENT_STRATEGY) == DeploymentStrategy.EVERY_NODE;
  }

  /** Tells how many containers there are to be, if that has changed. */
  static void resize(Decision decision) {
    var service = decision.service();
    if (isStrategyOf(service.definitions().current())) {
      int size = matching(service, decision.cluster()).size();
      if (size != service.fleet().size()) {
        decision.add(new FleetResized(service.id(), size));
      }
    }
  }

  /** Takes containers off nodes that no longer match, and gives one to each that lacks one. */
  static void follow(Decision decision, boolean deploy) {
    withdraw(decision);
    resize(decision);
    if (deploy) {
      lacking(decision.service(), decision.cluster()).forEach(node -> deploy(node, decision));
    }
  }

  private static void withdraw(Decision decision) {
    var service = decision.service();
    var nodes = ids(matching(service, decision.cluster()));
    service.fleet().containers().stream()
        .filter(one -> !one.is(ContainerPhase.TERMINATING) && !nodes.contains(one.node()))
        .filter(one -> decision.cluster().node(one.node()).isPresent())
        .forEach(one -> decision.add(new ContainerWithdrawn(service.id(), one.id())));
  }

  private static void deploy(NodeId node, Decision decision) {
    var service = decision.service();
    if (Placing.mustWait(service)) {
      return;
    }
    var free = Placing.freeSlots(service);
    if (free.isEmpty()) {
      return;
    }
    var there = List.of(new Bond("the place that is to be filled", Set.of(node)));
    var event = Placing.place(free.getFirst(), service, decision, there);
    boolean known =
        event instanceof PlacementRefused refused && service.fleet().slot(refused.slot()).owed();
    if (!known) {
      decision.add(event);
    }
  }

  /** A node that has none, unless the last one there failed or went by itself. */
  private static List<NodeId> lacking(Service service, Cluster cluster) {
    var fleet = service.fleet();
    var had = new TreeSet<NodeId>();
    fleet.containers().stream().map(Container::node).forEach(had::add);
    fleet
        .slots()
        .forEach(
            (number, slot) -> {
              var last = slot.last();
              if (last != null && !slot.owed() && fleet.in(number).isEmpty()) {
                had.add(last);
              }
            });
    return matching(service, cluster).stream()
        .map(Candidate::id)
        .filter(id -> !had.contains(id))
        .toList();
  }

  /** Those that carry the tags and are heard, or have a container all the same. */
  private static List<Candidate> matching(Service service, Cluster cluster) {
    var tags = Set.copyOf(service.definitions().current().get(TAGS));
    return cluster.carrying(tags).stream()
        .filter(node -> node.reachable() || node.containersOf(service.id()) > 0)
        .toList();
  }

  private static Set<NodeId> ids(List<Candidate> nodes) {
    return nodes.stream().map(Candidate::id).collect(Collectors.toSet());
  }
}
