package dev.slipway.command.scheduling;

import dev.slipway.model.Namespace;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.DeploymentStrategy;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The nodes of one namespace at one moment; containers placed on them count from then on. */
public final class Cluster {

  private final Map<NodeId, Candidate> nodes;
  private final Whereabouts whereabouts;

  public Cluster(Map<NodeId, Candidate> nodes) {
    this(nodes, _ -> Map.of());
  }

  public Cluster(Map<NodeId, Candidate> nodes, Whereabouts whereabouts) {
    this.nodes = new HashMap<>(nodes);
    this.whereabouts = whereabouts;
  }

  /** Where the nodes of a namespace are to be had. */
  public interface Source {
    Cluster of(Namespace namespace);

    /** Another service as it is now, if there is one: links are to such. */
    default Optional<Service> service(ServiceId id) {
      return Optional.empty();
    }
  }

  /** Where the containers of other services are, by slot; one that moves is in two places. */
  public interface Whereabouts {
    Map<Integer, Set<NodeId>> of(ServiceId service);
  }

  /** Picks a node, and counts the container there for those placed after it. */
  public Placement place(Need need, DeploymentStrategy strategy) {
    var placement = Scheduler.place(need, nodes.values(), strategy);
    if (placement instanceof Placement.On(var node)) {
      nodes.computeIfPresent(node, (_, candidate) -> candidate.with(need));
    }
    return placement;
  }

  /** Room that a container of the service has left on a node counts from now on. */
  public void free(NodeId node, ServiceId service, Set<HostPort> ports) {
    nodes.computeIfPresent(node, (_, candidate) -> candidate.without(service, ports));
  }

  /** The same nodes, of which this one is to become empty, or no longer is. */
  public Cluster withDraining(NodeId id, boolean draining) {
    var changed = new HashMap<>(nodes);
    changed.computeIfPresent(id, (_, node) -> node.draining(draining));
    return new Cluster(changed, whereabouts);
  }

  /** The same nodes without this one. */
  public Cluster without(NodeId id) {
    var fewer = new HashMap<>(nodes);
    fewer.remove(id);
    return new Cluster(fewer, whereabouts);
  }

  /** The node, unless it is no more. */
  public Optional<Candidate> node(NodeId id) {
    return Optional.ofNullable(nodes.get(id));
  }

  /** Where the ports that nodes publish are reached. */
  public Map<NodeId, String> addresses() {
    return nodes.values().stream()
        .collect(Collectors.toUnmodifiableMap(Candidate::id, Candidate::address));
  }

  /** The nodes that carry these tags and take containers, or could if they were heard. */
  public List<Candidate> carrying(Set<String> tags) {
    return new TreeMap<>(nodes)
        .values().stream()
            .filter(node -> !node.draining() && node.tags().containsAll(tags))
            .toList();
  }

  public Map<Integer, Set<NodeId>> whereabouts(ServiceId service) {
    return whereabouts.of(service);
  }
}
