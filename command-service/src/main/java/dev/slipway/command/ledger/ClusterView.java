package dev.slipway.command.ledger;

import dev.slipway.command.ledger.NodeMap.Placed;
import dev.slipway.command.scheduling.Cluster;
import dev.slipway.model.Namespace;
import dev.slipway.model.node.NodeEvent;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceEvent.ContainerFailed;
import dev.slipway.model.service.ServiceEvent.ContainerLost;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.ContainerRemoved;
import dev.slipway.model.service.ServiceId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * The nodes and what is placed on them, in memory: read from the ledger at first, and changed by
 * each commit of this process from then on. What other processes commit is seen when the ledger is
 * read again.
 */
public final class ClusterView implements Cluster.Source {

  private final LedgerReader reader;
  private @Nullable NodeMap known;
  private long changes;

  public ClusterView(LedgerReader reader) {
    this.reader = reader;
  }

  /** Reads the ledger again before the next placement. */
  public synchronized void forget() {
    known = null;
    changes++;
  }

  /** Grows with each change after which a container may find a node that found none before. */
  public synchronized long changes() {
    return changes;
  }

  @Override
  public synchronized Cluster of(Namespace namespace) {
    return new Cluster(known().of(namespace), this::whereabouts);
  }

  private synchronized Map<Integer, Set<NodeId>> whereabouts(ServiceId service) {
    return known().whereabouts(service);
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
        || event instanceof ContainerFailed
        || event instanceof ContainerLost;
  }

  synchronized void apply(List<?> events) {
    changes++;
    var nodes = known;
    if (nodes == null) {
      return;
    }
    for (var event : events) {
      switch (event) {
        case NodeEvent node -> nodes.apply(node);
        case ContainerPlaced placed -> nodes.place(placed.container(), onNode(placed));
        case ContainerRemoved(_, var container) -> nodes.remove(container);
        case ContainerFailed(_, var container, _) -> nodes.remove(container);
        case ContainerLost lost -> nodes.remove(lost.container());
        default -> {}
      }
    }
  }

  private static Placed onNode(ContainerPlaced placed) {
    return new Placed(placed.serviceId(), placed.slot(), placed.node(), placed.claims());
  }

  private NodeMap known() {
    var nodes = known;
    if (nodes == null) {
      nodes = reader.read();
      known = nodes;
    }
    return nodes;
  }
}
