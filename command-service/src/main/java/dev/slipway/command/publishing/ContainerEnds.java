package dev.slipway.command.publishing;

import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.NodeEvent.UnownedRemovalRequested;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceEvent.ContainerFailed;
import dev.slipway.model.service.ServiceEvent.ContainerLost;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.ContainerRemoved;
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
import org.jspecify.annotations.Nullable;

/**
 * What one log says of the ends of containers: of a service, those that it has placed and ended; of
 * a node, those whose removal a user has requested. Events are folded once, in their order.
 */
final class ContainerEnds {

  private static final List<String> TYPES =
      List.of(
          "ContainerPlaced",
          "ContainerRemoved",
          "ContainerFailed",
          "ContainerLost",
          "UnownedRemovalRequested");

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
      case ContainerPlaced one -> placed.put(one.container(), one.node());
      case ContainerRemoved(_, var id, _) -> gone.add(id);
      case ContainerFailed(_, var id, _) -> gone.add(id);
      case ContainerLost lost -> gone.add(lost.container());
      case UnownedRemovalRequested(_, var id, var made) when made != null -> removals.put(id, made);
      default -> {} // says nothing of ends
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
