package dev.slipway.command.ledger;

import dev.slipway.command.ledger.NodeMap.Placed;
import dev.slipway.command.scheduling.Cluster;
import dev.slipway.model.Namespace;
import dev.slipway.model.node.NodeEvent;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.AttributesSet;
import dev.slipway.model.service.ServiceEvent.ContainerGone;
import dev.slipway.model.service.ServiceEvent.ContainerObserved;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.ContainerRequest;
import dev.slipway.model.service.ServiceEvent.FleetResized;
import dev.slipway.model.service.ServiceEvent.OperationEvent;
import dev.slipway.model.service.ServiceEvent.PlacementRefused;
import dev.slipway.model.service.ServiceEvent.ServiceTerminated;
import dev.slipway.model.service.ServiceEvent.TriggerCreated;
import dev.slipway.model.service.ServiceEvent.TriggerDeleted;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.EventTypes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * The nodes and what is placed on them, in memory: read from the ledger at first, and changed by
 * each commit of this process from then on. When another process has committed a change, the ledger
 * is read again.
 */
public final class ClusterView implements Cluster.Source {

  /** What changes the nodes or what is on them. */
  private static final Set<String> RELEVANT =
      Stream.concat(
              Stream.of(ContainerPlaced.class),
              Stream.of(NodeEvent.class, ContainerGone.class).flatMap(EventTypes::records))
          .map(Class::getSimpleName)
          .collect(Collectors.toUnmodifiableSet());

  private final LedgerReader reader;
  private final Set<String> own = ConcurrentHashMap.newKeySet();
  private @Nullable NodeMap known;
  private @Nullable String seen;
  private long changes;

  public ClusterView(LedgerReader reader) {
    this.reader = reader;
  }

  /** Reads the ledger again before the next placement. */
  public synchronized void forget() {
    known = null;
    changes++;
  }

  /** Looks for what other processes have committed since it last looked. For one thread. */
  public void lookForOthers() {
    var from = seen;
    var horizon = reader.horizon();
    boolean others = from == null;
    if (from == null) {
      own.clear();
    } else {
      for (var event : reader.events(from, horizon, RELEVANT)) {
        others |= !own.remove(event);
      }
    }
    seen = horizon;
    if (others) {
      forget();
    }
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
    var relevant = messages.stream().filter(ClusterView::isRelevant).toList();
    if (!relevant.isEmpty()) {
      var ids = relevant.stream().map(EventMessage::getIdentifier).toList();
      own.addAll(ids);
      var work = CurrentUnitOfWork.get();
      work.onRollback(_ -> ids.forEach(own::remove));
      work.afterCommit(_ -> apply(relevant.stream().map(EventMessage::getPayload).toList()));
    }
  }

  private static boolean isRelevant(EventMessage<?> message) {
    return RELEVANT.contains(message.getPayloadType().getSimpleName());
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
        case ServiceEvent service -> apply(service, nodes);
        default -> {} // changes no node
      }
    }
  }

  private static void apply(ServiceEvent event, NodeMap nodes) {
    switch (event) {
      case ContainerPlaced placed -> nodes.place(placed.container(), onNode(placed));
      case ContainerGone gone -> nodes.remove(gone.container());
      case AttributesSet _, OperationEvent _, TriggerCreated _, TriggerDeleted _ -> {}
      case PlacementRefused _, ContainerRequest _, ContainerObserved _ -> {}
      case FleetResized _, ServiceTerminated _ -> {}
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
