package dev.slipway.command.publishing;

import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.NodeEvent;
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
import dev.slipway.model.wire.EventTypes;
import dev.slipway.model.wire.LogStamp;
import dev.slipway.model.wire.Wire;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ends of containers in one log. The log of a service holds the containers that it placed and
 * ended; the log of a node, those that a user asked to remove. Each event is folded once, in order.
 */
final class ContainerEnds {

  private static final List<String> TYPES =
      Stream.of(ContainerPlaced.class, ContainerGone.class, UnownedRemovalRequested.class)
          .flatMap(EventTypes::records)
          .map(Class::getSimpleName)
          .toList();

  private final Map<ContainerId, NodeId> placed = new HashMap<>();
  private final Set<ContainerId> gone = new HashSet<>();
  private final Map<ContainerId, LogStamp> removals = new HashMap<>();
  private long read = -1;

  /** Reads the events of the service or node that have come since the last time. */
  void read(Connection connection, String subject) throws SQLException {
    long last = last(connection, subject);
    if (last == read) {
      return;
    }
    try (var query =
        connection.prepareStatement(
            "SELECT payload_type, payload FROM events WHERE aggregate_identifier = ?"
                + " AND sequence_number > ? AND sequence_number <= ?"
                + " AND payload_type = ANY (?) ORDER BY sequence_number")) {
      query.setString(1, subject);
      query.setLong(2, read);
      query.setLong(3, last);
      query.setArray(4, connection.createArrayOf("text", TYPES.toArray()));
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          event(rows.getString(1), rows.getString(2)).ifPresent(this::fold);
        }
      }
    }
    read = last;
  }

  private static long last(Connection connection, String subject) throws SQLException {
    try (var query =
        connection.prepareStatement(
            "SELECT max(sequence_number) FROM events WHERE aggregate_identifier = ?")) {
      query.setString(1, subject);
      try (var rows = query.executeQuery()) {
        return rows.next() && rows.getObject(1) != null ? rows.getLong(1) : -1;
      }
    }
  }

  /** Empty if it is damaged: then nothing follows from it. */
  private static Optional<Object> event(String type, String payload) {
    try {
      return Optional.of(Wire.MAPPER.readValue(payload, EventTypes.named(type)));
    } catch (RuntimeException damaged) {
      return Optional.empty();
    }
  }

  private void fold(Object event) {
    switch (event) {
      case ServiceEvent service -> fold(service);
      case NodeEvent node -> fold(node);
      default -> {} // concerns no container
    }
  }

  private void fold(ServiceEvent event) {
    switch (event) {
      case ContainerPlaced one -> placed.put(one.container(), one.node());
      case ContainerGone one -> gone.add(one.container());
      case AttributesSet _, OperationEvent _, TriggerCreated _, TriggerDeleted _ -> {}
      case PlacementRefused _, ContainerRequest _, ContainerObserved _ -> {}
      case FleetResized _, ServiceTerminated _ -> {}
    }
  }

  private void fold(NodeEvent event) {
    if (event instanceof UnownedRemovalRequested(_, var id, var made) && made != null) {
      removals.put(id, made);
    }
  }

  /** Whether the service has had the container on the node, and has ended it. */
  boolean hasEnded(ContainerId container, NodeId node) {
    return gone.contains(container) && node.equals(placed.get(container));
  }

  /** Whether a user has requested the removal of the container that was made there. */
  boolean isToBeRemoved(ContainerId container, @Nullable LogStamp made) {
    return made != null && made.equals(removals.get(container));
  }
}
