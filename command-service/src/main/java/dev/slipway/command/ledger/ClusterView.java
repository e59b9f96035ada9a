package dev.slipway.command.ledger;

import dev.slipway.command.scheduling.Candidate;
import dev.slipway.command.scheduling.Cluster;
import dev.slipway.command.scheduling.HostPort;
import dev.slipway.model.Namespace;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.PublishedPort;
import dev.slipway.model.node.NodeEvent;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ContainerFailed;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.ContainerRemoved;
import dev.slipway.model.service.ServiceId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * The nodes and what is placed on them, in memory: read from the ledger at first, and changed by
 * each commit of this process from then on. What other processes commit is seen when the ledger is
 * read again.
 */
public final class ClusterView implements Cluster.Source {

  /** A container on its node. */
  record Placed(ServiceId service, NodeId node, List<PublishedPort> claims) {}

  /** What the ledger holds of nodes and placements. */
  record Snapshot(Map<NodeId, LedgerNode> nodes, Map<ContainerId, Placed> containers) {}

  private final LedgerReader reader;
  private @Nullable Snapshot known;

  public ClusterView(LedgerReader reader) {
    this.reader = reader;
  }

  /** Reads the ledger again before the next placement. */
  public synchronized void forget() {
    known = null;
  }

  @Override
  public synchronized Cluster of(Namespace namespace) {
    var snapshot = known();
    var services = new HashMap<NodeId, Map<ServiceId, Integer>>();
    var taken = new HashMap<NodeId, Set<HostPort>>();
    for (var placed : snapshot.containers().values()) {
      services
          .computeIfAbsent(placed.node(), _ -> new HashMap<>())
          .merge(placed.service(), 1, Integer::sum);
      for (var claim : placed.claims()) {
        taken
            .computeIfAbsent(placed.node(), _ -> new HashSet<>())
            .add(new HostPort(claim.protocol(), claim.outerPort()));
      }
    }
    return new Cluster(
        snapshot.nodes().values().stream()
            .filter(node -> node.namespace().equals(namespace))
            .collect(
                Collectors.toMap(
                    LedgerNode::id,
                    node ->
                        candidate(
                            node,
                            services.getOrDefault(node.id(), Map.of()),
                            taken.getOrDefault(node.id(), Set.of())))));
  }

  private static Candidate candidate(
      LedgerNode node, Map<ServiceId, Integer> containers, Set<HostPort> taken) {
    return new Candidate(
        node.id(),
        node.facts().name(),
        node.reachable(),
        new TreeSet<>(node.facts().tags()),
        taken,
        containers,
        containers.values().stream().mapToInt(Integer::intValue).sum());
  }

  /** Takes the events over once they are stored. */
  void applyOnCommit(List<? extends EventMessage<?>> messages) {
    var relevant =
        messages.stream().map(EventMessage::getPayload).filter(ClusterView::isRelevant).toList();
    if (!relevant.isEmpty()) {
      CurrentUnitOfWork.get().afterCommit(_ -> apply(relevant));
    }
  }

  private static boolean isRelevant(Object event) {
    return event instanceof NodeEvent
        || event instanceof ContainerPlaced
        || event instanceof ContainerRemoved
        || event instanceof ContainerFailed;
  }

  private synchronized void apply(List<?> events) {
    var snapshot = known;
    if (snapshot == null) {
      return;
    }
    for (var event : events) {
      switch (event) {
        case NodeEvent node -> LedgerNode.apply(node, snapshot.nodes());
        case ServiceEvent service -> apply(service, snapshot.containers());
        default -> {}
      }
    }
  }

  private static void apply(ServiceEvent event, Map<ContainerId, Placed> containers) {
    switch (event) {
      case ContainerPlaced placed ->
          containers.put(
              placed.container(), new Placed(placed.serviceId(), placed.node(), placed.claims()));
      case ContainerRemoved(_, var container) -> containers.remove(container);
      case ContainerFailed(_, var container, _) -> containers.remove(container);
      default -> {}
    }
  }

  private Snapshot known() {
    var snapshot = known;
    if (snapshot == null) {
      snapshot = reader.read();
      known = snapshot;
    }
    return snapshot;
  }
}
