package dev.slipway.model.node;

import dev.slipway.model.Namespace;
import dev.slipway.model.action.ActionId;
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
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A node as its events tell it. Deciding and reading use this one fold.
 *
 * @param version the sequence number of the last event in it
 * @param named what a user has set, empty until one does
 * @param silentSince when its heartbeats ceased to come, null while they come
 * @param drain null while containers may be placed on it
 * @param terminated null while it is not
 */
public record Node(
    NodeId id,
    Namespace namespace,
    long version,
    NodeFacts facts,
    Named named,
    @Nullable Instant silentSince,
    @Nullable Drain drain,
    Instant registered,
    @Nullable Instant terminated) {

  /** The states that a node of one's own can be in, with the API's words for them. */
  public enum State {
    DEPLOYED("Deployed"),
    UNREACHABLE("Unreachable"),
    TERMINATED("Terminated");

    private final String text;

    State(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  /** A nickname and tags. */
  public record Named(@Nullable String nickname, List<String> tags) {

    static final Named BY_NOBODY = new Named(null, List.of());

    public Named {
      tags = List.copyOf(tags);
    }
  }

  /**
   * That a node is to become empty, or has.
   *
   * @param deadline after which no more is moved
   * @param underWay whether containers are still being moved
   * @param reason what keeps it from becoming empty, or has kept it; null mostly
   */
  public record Drain(
      ActionId action, Instant deadline, boolean underWay, @Nullable String reason) {}

  /** Pure and safe to repeat: an event already in the node changes nothing. */
  public static @Nullable Node evolve(
      @Nullable Node node, NodeEvent event, long sequence, Instant at) {
    if (event instanceof NodeRegistered(var id, var namespace, var facts)) {
      return node != null
          ? node
          : new Node(id, namespace, sequence, facts, Named.BY_NOBODY, null, null, at, null);
    }
    if (node == null || sequence <= node.version) {
      return node;
    }
    return node.after(event, at).atVersion(sequence);
  }

  private Node after(NodeEvent event, Instant at) {
    return switch (event) {
      case NodeRegistered _ -> this;
      case NodeFactsChanged(_, var newer) -> with(newer, named, silentSince, drain);
      case NodeUnreachable _ -> with(facts, named, at, drain);
      case NodeReturned _ -> with(facts, named, null, drain);
      case NodeUpdated(_, var nickname, var tags) ->
          with(facts, new Named(nickname, tags), silentSince, drain);
      case NodeDrainBegun(_, var action, var deadline) ->
          with(facts, named, silentSince, new Drain(action, deadline, true, null));
      case NodeDrainHeldUp(_, var action, var reason) ->
          drain == null
              ? this
              : with(facts, named, silentSince, new Drain(action, drain.deadline, true, reason));
      case NodeDrainEnded(_, var action, _, var reason) ->
          drain == null
              ? this
              : with(facts, named, silentSince, new Drain(action, drain.deadline, false, reason));
      case NodeUndrained _ -> with(facts, named, silentSince, null);
      case UnownedRemovalRequested _ -> with(facts, named, silentSince, drain);
      case NodeTerminated _ ->
          new Node(id, namespace, version, facts, named, silentSince, drain, registered, at);
    };
  }

  private Node with(
      NodeFacts facts, Named named, @Nullable Instant silentSince, @Nullable Drain drain) {
    return new Node(
        id, namespace, version, facts, named, silentSince, drain, registered, terminated);
  }

  private Node atVersion(long version) {
    return new Node(
        id, namespace, version, facts, named, silentSince, drain, registered, terminated);
  }

  public State state() {
    if (terminated != null) {
      return State.TERMINATED;
    }
    return silentSince == null && facts.engineProblem() == null
        ? State.DEPLOYED
        : State.UNREACHABLE;
  }

  /** A sentence about why its Engine cannot be used; null while it can be. */
  public @Nullable String engineProblem() {
    var problem = facts.engineProblem();
    return problem == null ? null : "Docker Engine on %s %s".formatted(nickname(), problem);
  }

  /** What users call it. */
  public String nickname() {
    return named.nickname == null ? facts.name() : named.nickname;
  }

  /** Those that its agent brings, and those that users gave it. */
  public Set<String> tags() {
    var all = new TreeSet<>(facts.tags());
    all.addAll(named.tags);
    return all;
  }
}
