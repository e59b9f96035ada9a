package dev.slipway.command.service;

import static dev.slipway.model.attribute.Attributes.BINDINGS;
import static dev.slipway.model.attribute.Attributes.CONTAINER_PORTS;
import static dev.slipway.model.attribute.Attributes.DEPLOYMENT_STRATEGY;
import static dev.slipway.model.attribute.Attributes.TAGS;

import dev.slipway.command.scheduling.Cluster;
import dev.slipway.command.scheduling.HostPort;
import dev.slipway.command.scheduling.Need;
import dev.slipway.command.scheduling.Need.Bond;
import dev.slipway.model.container.PublishedPort;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.Binding;
import dev.slipway.model.service.DeploymentStrategy;
import dev.slipway.model.service.PortSpec;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the container of a slot asks of its node. */
final class Needs {

  private Needs() {}

  static Need of(int slot, Service service, Cluster cluster, List<Bond> more) {
    var definition = service.definitions().current();
    var bonds = new ArrayList<>(more);
    home(slot, service, cluster).ifPresent(bonds::add);
    definition.get(BINDINGS).stream()
        .map(Binding::volumesFrom)
        .filter(Objects::nonNull)
        .distinct()
        .forEach(source -> bonds.add(beside(source, slot, cluster)));
    return new Need(
        service.id(),
        new TreeSet<>(definition.get(TAGS)),
        ports(definition),
        definition.get(DEPLOYMENT_STRATEGY) == DeploymentStrategy.EVERY_NODE,
        bonds);
  }

  /** A redeploy that reuses volumes goes where they are, unless that node takes no containers. */
  private static Optional<Bond> home(int slot, Service service, Cluster cluster) {
    var last = service.fleet().slot(slot).last();
    if (!service.activity().leavesVolumes(slot) || last == null) {
      return Optional.empty();
    }
    return cluster
        .node(last)
        .filter(node -> !node.draining())
        .map(node -> new Bond("the volumes of %s-%d".formatted(service.name(), slot), ids(last)));
  }

  /** Container i goes beside container i of the source, or where it has any if it has no such. */
  private static Bond beside(ServiceId source, int slot, Cluster cluster) {
    var bySlot = cluster.whereabouts(source);
    Set<NodeId> anywhere =
        bySlot.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    return new Bond(
        "a container of service %s, whose volumes it needs".formatted(source),
        bySlot.getOrDefault(slot, anywhere));
  }

  private static Set<NodeId> ids(NodeId one) {
    return Set.of(one);
  }

  /** The fixed ports of the node that each container holds. */
  static Set<HostPort> ports(ServiceDefinition definition) {
    return claims(definition).stream()
        .map(claim -> new HostPort(claim.protocol(), claim.outerPort()))
        .collect(Collectors.toSet());
  }

  /** The same, as each is published. */
  static List<PublishedPort> claims(ServiceDefinition definition) {
    return definition.get(CONTAINER_PORTS).stream()
        .filter(PortSpec::published)
        .flatMap(port -> claim(port).stream())
        .toList();
  }

  private static Optional<PublishedPort> claim(PortSpec port) {
    return Optional.ofNullable(port.outerPort())
        .map(outer -> new PublishedPort(port.protocol(), port.innerPort(), outer));
  }
}
