package dev.slipway.model.node;

import dev.slipway.model.Namespace;
import java.util.List;
import org.axonframework.serialization.Revision;

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

  /** A user changed its tags or its nickname: {@code tags} are the user's whole list. */
  @Revision("1")
  record NodeUpdated(NodeId nodeId, String nickname, List<String> tags) implements NodeEvent {

    public NodeUpdated {
      tags = List.copyOf(tags);
    }
  }

  /** A user removed it. */
  @Revision("1")
  record NodeTerminated(NodeId nodeId) implements NodeEvent {}
}
