package dev.slipway.query.node;

import dev.slipway.model.Namespace;
import dev.slipway.model.node.NodeEvent;
import dev.slipway.model.node.NodeEvent.NodeFactsChanged;
import dev.slipway.model.node.NodeEvent.NodeRegistered;
import dev.slipway.model.node.NodeEvent.NodeReturned;
import dev.slipway.model.node.NodeEvent.NodeTerminated;
import dev.slipway.model.node.NodeEvent.NodeUnreachable;
import dev.slipway.model.node.NodeEvent.NodeUpdated;
import dev.slipway.model.node.NodeFacts;
import dev.slipway.model.node.NodeId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node as its events tell it.
 *
 * @param version the sequence number of the last event in it
 * @param named what a user has set, empty until one does
 * @param terminated null while it is not
 */
record NodeView(
    NodeId id,
    Namespace namespace,
    long version,
    State state,
    NodeFacts facts,
    Named named,
    Instant registered,
    @Nullable Instant terminated) {

  /** The states that a node of one's own can be in, with the API's words for them. */
  enum State {
    DEPLOYED("Deployed"),
    UNREACHABLE("Unreachable"),
    TERMINATED("Terminated");

    private final String text;

    State(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /** A nickname and tags. */
  record Named(@Nullable String nickname, List<String> tags) {
    Named {
      tags = List.copyOf(tags);
    }
  }

  /** Pure and safe to repeat: an event already in the view changes nothing. */
  static @Nullable NodeView evolve(
      @Nullable NodeView view, NodeEvent event, long sequence, Instant at) {
    if (event instanceof NodeRegistered(var id, var namespace, var facts)) {
      return view != null
          ? view
          : new NodeView(
              id, namespace, sequence, State.DEPLOYED, facts, new Named(null, List.of()), at, null);
    }
    if (view == null || sequence <= view.version) {
      return view;
    }
    return switch (event) {
      case NodeRegistered _ -> view;
      case NodeFactsChanged(_, var facts) -> view.with(sequence, view.state, facts, view.named);
      case NodeUnreachable _ -> view.with(sequence, State.UNREACHABLE, view.facts, view.named);
      case NodeReturned _ -> view.with(sequence, State.DEPLOYED, view.facts, view.named);
      case NodeUpdated(_, var nickname, var tags) ->
          view.with(sequence, view.state, view.facts, new Named(nickname, tags));
      case NodeTerminated _ -> view.terminated(sequence, at);
    };
  }

  private NodeView with(long version, State state, NodeFacts facts, Named named) {
    return new NodeView(id, namespace, version, state, facts, named, registered, terminated);
  }

  private NodeView terminated(long version, Instant at) {
    return new NodeView(id, namespace, version, State.TERMINATED, facts, named, registered, at);
  }
}
