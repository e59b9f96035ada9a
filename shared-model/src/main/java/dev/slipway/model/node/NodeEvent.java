package dev.slipway.model.node;

import dev.slipway.model.Namespace;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.wire.LogStamp;
import java.time.Instant;
import java.util.List;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** What has happened to a node. Stored for ever: add fields, never change the meaning of one. */
public sealed interface NodeEvent {

  NodeId nodeId();

  /** Its first heartbeat came. */
  @Revision("1")
  record NodeRegistered(NodeId nodeId, Namespace namespace, NodeFacts facts) implements NodeEvent {}

  /** Its agent says something new of it. */
  @Revision("1")
  record NodeFactsChanged(NodeId nodeId, NodeFacts facts) implements NodeEvent {}

  /** No heartbeat came for longer than allowed. */
  @Revision("1")
  record NodeUnreachable(NodeId nodeId) implements NodeEvent {}

  /** Heartbeats come again. */
  @Revision("1")
  record NodeReturned(NodeId nodeId) implements NodeEvent {}

  /**
   * A user changed its tags or its nickname.
   *
   * @param nickname null while no user has given it one
   * @param tags the user's whole list, without those that the agent brings
   */
  @Revision("1")
  record NodeUpdated(NodeId nodeId, @Nullable String nickname, List<String> tags)
      implements NodeEvent {

    public NodeUpdated {
      tags = List.copyOf(tags);
    }
  }

  /** From here no container is placed on it, and those that are there move away. */
  @Revision("1")
  record NodeDrainBegun(NodeId nodeId, ActionId action, Instant deadline) implements NodeEvent {}

  /**
   * What keeps the node from becoming empty is another thing than before.
   *
   * @param reason what it is and how much is left, null if nothing stands in the way any more
   */
  @Revision("1")
  record NodeDrainHeldUp(NodeId nodeId, ActionId action, @Nullable String reason)
      implements NodeEvent {}

  /**
   * Nothing more is moved away; still no container is placed on it.
   *
   * @param success whether it is empty
   * @param reason why it is not, null if it is
   */
  @Revision("1")
  record NodeDrainEnded(NodeId nodeId, ActionId action, boolean success, @Nullable String reason)
      implements NodeEvent {}

  /** Containers may be placed on it again. */
  @Revision("1")
  record NodeUndrained(NodeId nodeId) implements NodeEvent {}

  /** A user removed it. */
  @Revision("1")
  record NodeTerminated(NodeId nodeId) implements NodeEvent {}

  /**
   * A user asked for the removal of a container that no record accounts for.
   *
   * @param made the place in the log that it was made at, which tells it from an older or newer
   *     container of the same uuid; null if not known
   */
  @Revision("1")
  record UnownedRemovalRequested(NodeId nodeId, ContainerId container, @Nullable LogStamp made)
      implements NodeEvent {}
}
