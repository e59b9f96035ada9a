package dev.slipway.command.ledger;

import dev.slipway.command.scheduling.Candidate;
import dev.slipway.command.scheduling.HostPort;
import dev.slipway.model.Namespace;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.PublishedPort;
import dev.slipway.model.node.NodeEvent;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The nodes, each as the scheduler sees it, changed one by one: what a command needs of them costs
 * as much as there are nodes, however many containers are on them. Not for several threads.
 */
final class NodeMap {

  /** A container on its node. */
  record Placed(ServiceId service, int slot, NodeId node, List<PublishedPort> claims) {

    Set<HostPort> ports() {
      return claims.stream()
          .map(claim -> new HostPort(claim.protocol(), claim.outerPort()))
          .collect(Collectors.toSet());
    }
  }

  private final Map<NodeId, LedgerNode> nodes = new HashMap<>();
  private final Map<NodeId, Candidate> candidates = new HashMap<>();
  private final Map<ContainerId, Placed> containers;
  private final Map<ServiceId, Map<ContainerId, Placed>> services = new HashMap<>();

  /** All that the ledger holds. */
  NodeMap(Collection<LedgerNode> nodes, Map<ContainerId, Placed> containers) {
    this.containers = new HashMap<>(containers);
    containers.forEach(this::remember);
    var onNodes =
        containers.values().stream().collect(Collectors.groupingBy(placed -> placed.node()));
    for (var node : nodes) {
      this.nodes.put(node.id(), node);
      candidates.put(node.id(), candidate(node, onNodes.getOrDefault(node.id(), List.of())));
    }
  }

  private static Candidate candidate(LedgerNode node, List<Placed> placed) {
    var counted = new HashMap<ServiceId, Integer>();
    var ports = new HashSet<HostPort>();
    for (var one : placed) {
      counted.merge(one.service(), 1, Integer::sum);
      ports.addAll(one.ports());
    }
    return candidate(node, ports, counted, placed.size());
  }

  private static Candidate candidate(
      LedgerNode node, Set<HostPort> taken, Map<ServiceId, Integer> containers, int total) {
    return new Candidate(
        node.id(),
        node.facts().name(),
        node.facts().publicAddress(),
        node.reachable(),
        node.draining(),
        node.tags(),
        taken,
        containers,
        total);
  }

  Map<NodeId, Candidate> of(Namespace namespace) {
    var own = HashMap.<NodeId, Candidate>newHashMap(nodes.size());
    nodes.forEach(
        (id, node) -> {
          if (node.namespace().equals(namespace)) {
            own.put(id, candidates.get(id));
          }
        });
    return own;
  }

  /** Where the containers of a service are, by slot. */
  Map<Integer, Set<NodeId>> whereabouts(ServiceId service) {
    return services.getOrDefault(service, Map.of()).values().stream()
        .collect(
            Collectors.groupingBy(
                Placed::slot, Collectors.mapping(Placed::node, Collectors.toUnmodifiableSet())));
  }

  void apply(NodeEvent event) {
    var id = event.nodeId();
    var node = LedgerNode.after(event, nodes.get(id));
    if (node == null) {
      nodes.remove(id);
      candidates.remove(id);
      return;
    }
    nodes.put(id, node);
    candidates.merge(
        id,
        candidate(node, List.of()),
        (was, _) -> candidate(node, was.taken(), was.containers(), was.total()));
  }

  void place(ContainerId container, Placed placed) {
    if (containers.put(container, placed) == null) {
      remember(container, placed);
      change(placed, node -> node.with(placed.service(), placed.ports()));
    }
  }

  void remove(ContainerId container) {
    @Nullable Placed gone = containers.remove(container);
    if (gone != null) {
      services.computeIfPresent(
          gone.service(),
          (_, own) -> {
            own.remove(container);
            return own.isEmpty() ? null : own;
          });
      change(gone, node -> node.without(gone.service(), gone.ports()));
    }
  }

  private void remember(ContainerId container, Placed placed) {
    services.computeIfAbsent(placed.service(), _ -> new HashMap<>()).put(container, placed);
  }

  private void change(Placed placed, UnaryOperator<Candidate> change) {
    candidates.computeIfPresent(placed.node(), (_, node) -> change.apply(node));
  }
}
