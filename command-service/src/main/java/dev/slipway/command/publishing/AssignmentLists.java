package dev.slipway.command.publishing;

import dev.slipway.model.container.AssignmentList;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.NodeEvent;
import dev.slipway.model.node.NodeEvent.NodeDrainBegun;
import dev.slipway.model.node.NodeEvent.NodeDrainEnded;
import dev.slipway.model.node.NodeEvent.NodeDrainHeldUp;
import dev.slipway.model.node.NodeEvent.NodeFactsChanged;
import dev.slipway.model.node.NodeEvent.NodeRegistered;
import dev.slipway.model.node.NodeEvent.NodeReturned;
import dev.slipway.model.node.NodeEvent.NodeTerminated;
import dev.slipway.model.node.NodeEvent.NodeUndrained;
import dev.slipway.model.node.NodeEvent.NodeUnreachable;
import dev.slipway.model.node.NodeEvent.NodeUpdated;
import dev.slipway.model.node.NodeEvent.UnownedRemovalRequested;
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
import dev.slipway.model.wire.Topics;
import dev.slipway.model.wire.Wire;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The complete list of each node's containers, kept in step with the events that are published. The
 * ledger that it begins with may be ahead of them: lists are due only once the events have caught
 * up. Only the publisher's thread uses it.
 */
final class AssignmentLists {

  private static final long BETWEEN_LISTS = Duration.ofMinutes(5).toNanos();

  private final Map<NodeId, Set<ContainerId>> containers = new TreeMap<>();
  private final Set<NodeId> due = new TreeSet<>();
  private final EventLog.Position ledgerIsAt;
  private long lastAll = System.nanoTime();

  private AssignmentLists(EventLog.Position ledgerIsAt) {
    this.ledgerIsAt = ledgerIsAt;
  }

  /** Begins with the ledger; all lists are due. */
  static AssignmentLists begin(Connection connection, EventLog log) throws SQLException {
    var nodes = new TreeSet<NodeId>();
    var placed = new TreeMap<ContainerId, NodeId>();
    try (var statement = connection.createStatement()) {
      try (var rows = statement.executeQuery("SELECT node FROM nodes")) {
        while (rows.next()) {
          nodes.add(new NodeId(rows.getString(1)));
        }
      }
      try (var rows = statement.executeQuery("SELECT container, node FROM placements")) {
        while (rows.next()) {
          placed.put(new ContainerId(rows.getString(1)), new NodeId(rows.getString(2)));
        }
      }
    }
    var lists = new AssignmentLists(log.last()); // read last: the ledger is not ahead of it
    nodes.forEach(lists::of);
    placed.forEach((container, node) -> lists.of(node).add(container));
    lists.due.addAll(lists.containers.keySet());
    return lists;
  }

  private Set<ContainerId> of(NodeId node) {
    return containers.computeIfAbsent(node, _ -> new TreeSet<>());
  }

  /** Follows an event that was published. */
  void follow(Object event) {
    switch (event) {
      case ServiceEvent service -> follow(service);
      case NodeEvent node -> follow(node);
      default -> {} // changes no list
    }
  }

  private void follow(NodeEvent event) {
    switch (event) {
      case NodeRegistered _, NodeReturned _ -> writeSoon(event.nodeId());
      case NodeFactsChanged _, NodeUnreachable _, NodeUpdated _, NodeTerminated _ -> {}
      case NodeDrainBegun _, NodeDrainHeldUp _, NodeDrainEnded _, NodeUndrained _ -> {}
      case UnownedRemovalRequested _ -> {}
    }
  }

  private void follow(ServiceEvent event) {
    switch (event) {
      case ContainerPlaced placed -> of(placed.node()).add(placed.container());
      case ContainerGone gone -> remove(gone.container());
      case AttributesSet _, OperationEvent _, TriggerCreated _, TriggerDeleted _ -> {}
      case PlacementRefused _, ContainerRequest _, ContainerObserved _ -> {}
      case FleetResized _, ServiceTerminated _ -> {}
    }
  }

  private void remove(ContainerId container) {
    containers.values().forEach(of -> of.remove(container));
  }

  private void writeSoon(NodeId node) {
    var _ = of(node);
    due.add(node);
  }

  /** The lists to write now that all events up to the given position are published. */
  List<AssignmentList> due(EventLog.Position published, LogIdentity identity) {
    if (isBehind(published)) {
      return List.of();
    }
    if (System.nanoTime() - lastAll > BETWEEN_LISTS) {
      due.addAll(containers.keySet());
    }
    if (due.size() == containers.size()) {
      lastAll = System.nanoTime();
    }
    var lists = new ArrayList<AssignmentList>();
    for (var node : due) {
      lists.add(
          new AssignmentList(
              node,
              identity.at(published.number()),
              identity.past(),
              List.copyOf(containers.getOrDefault(node, Set.of()))));
    }
    due.clear();
    return lists;
  }

  private boolean isBehind(EventLog.Position published) {
    int tx = Long.compareUnsigned(tx(published), tx(ledgerIsAt));
    return tx < 0 || (tx == 0 && published.globalIndex() < ledgerIsAt.globalIndex());
  }

  private static long tx(EventLog.Position position) {
    return Long.parseUnsignedLong(position.tx());
  }

  /** The record of a list, in the partition that the node reads. */
  static ProducerRecord<String, byte[]> record(AssignmentList list) {
    var topic = Topics.ASSIGNMENTS;
    return new ProducerRecord<>(
        topic.topic(),
        Topics.partitionOf(list.node(), topic.partitions()),
        AssignmentList.key(list.node()),
        Wire.write(list));
  }
}
