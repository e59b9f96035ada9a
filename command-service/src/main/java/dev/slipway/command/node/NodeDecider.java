package dev.slipway.command.node;

import static dev.slipway.command.node.NodeRejected.Reason.INVALID_STATE;
import static dev.slipway.command.node.NodeRejected.Reason.MOVED;
import static dev.slipway.command.node.NodeRejected.Reason.NOT_FOUND;

import dev.slipway.command.node.NodeCommand.CheckNode;
import dev.slipway.command.node.NodeCommand.DrainNode;
import dev.slipway.command.node.NodeCommand.EndDrain;
import dev.slipway.command.node.NodeCommand.HearNode;
import dev.slipway.command.node.NodeCommand.HoldUpDrain;
import dev.slipway.command.node.NodeCommand.LoseNode;
import dev.slipway.command.node.NodeCommand.RemoveUnowned;
import dev.slipway.command.node.NodeCommand.TerminateNode;
import dev.slipway.command.node.NodeCommand.UndrainNode;
import dev.slipway.command.node.NodeCommand.UpdateNode;
import dev.slipway.command.node.NodeCommand.UpgradeEngine;
import dev.slipway.command.node.NodeCommand.UserNodeCommand;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.node.Node;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Decides what follows from what users ask of a node, from its heartbeats and their absence. */
final class NodeDecider {

  private static final List<NodeEvent> NOTHING = List.of();
  private static final int MOST_NAMED = 10;

  private NodeDecider() {}

  /**
   * @param node null if there is none yet
   * @return the events that follow, none if what is asked is already so
   * @throws NodeRejected if a user's wish cannot be met in this state
   */
  static List<NodeEvent> decide(NodeCommand command, @Nullable Node node) {
    return switch (command) {
      case UserNodeCommand asked -> asked(asked, node);
      case HearNode hear when node == null ->
          List.of(new NodeRegistered(hear.nodeId(), hear.namespace(), hear.facts()));
      case HearNode hear when node.terminated() == null -> heard(hear, node);
      case LoseNode(var id)
          when node != null && node.terminated() == null && node.silentSince() == null ->
          List.of(new NodeUnreachable(id));
      case HoldUpDrain hold when node != null && isDrainedBy(hold.action(), node) ->
          heldUp(hold, node);
      case EndDrain(var id, var action, var failure)
          when node != null && isDrainedBy(action, node) ->
          List.of(new NodeDrainEnded(id, action, failure == null, failure));
      case HearNode _, LoseNode _, HoldUpDrain _, EndDrain _ -> NOTHING;
    };
  }

  private static List<NodeEvent> heldUp(HoldUpDrain hold, Node node) {
    boolean known = node.drain() != null && Objects.equals(node.drain().reason(), hold.reason());
    return known
        ? NOTHING
        : List.of(new NodeDrainHeldUp(hold.nodeId(), hold.action(), hold.reason()));
  }

  private static List<NodeEvent> heard(HearNode hear, Node node) {
    var events = new ArrayList<NodeEvent>();
    if (!hear.facts().equals(node.facts())) {
      events.add(new NodeFactsChanged(hear.nodeId(), hear.facts()));
    }
    if (node.silentSince() != null) {
      events.add(new NodeReturned(hear.nodeId()));
    }
    return events;
  }

  private static List<NodeEvent> asked(UserNodeCommand command, @Nullable Node node) {
    if (node == null || !node.namespace().equals(command.asked().request().namespace())) {
      throw new NodeRejected(NOT_FOUND, "node %s does not exist".formatted(command.nodeId()));
    }
    checkVersion(command, node);
    if (node.terminated() != null) {
      throw new NodeRejected(INVALID_STATE, "node %s is Terminated".formatted(node.nickname()));
    }
    return switch (command) {
      case UpdateNode update -> updated(update, node);
      case TerminateNode terminate -> terminated(terminate, node);
      case DrainNode drain -> drained(drain, node);
      case UndrainNode _ -> undrained(node);
      case RemoveUnowned remove -> removed(remove, node);
      case CheckNode _, UpgradeEngine _ -> NOTHING;
    };
  }

  private static void checkVersion(UserNodeCommand command, Node node) {
    var wanted = command.asked().version();
    if (wanted != null && wanted != node.version()) {
      throw new NodeRejected(
          MOVED, "node %s is at version %d, not %d".formatted(node.id(), node.version(), wanted));
    }
  }

  /** What the agent brings is no user's: a client that sends all tags back keeps them apart. */
  private static List<NodeEvent> updated(UpdateNode update, Node node) {
    var nickname = update.nickname() == null ? node.named().nickname() : given(update.nickname());
    var tags = node.named().tags();
    if (update.tags() != null) {
      var own = new TreeSet<>(update.tags());
      own.removeAll(node.facts().tags());
      tags = List.copyOf(own);
    }
    var changed = new Node.Named(nickname, tags);
    return changed.equals(node.named())
        ? NOTHING
        : List.of(new NodeUpdated(node.id(), nickname, tags));
  }

  private static @Nullable String given(String nickname) {
    return nickname.isEmpty() ? null : nickname;
  }

  private static List<NodeEvent> terminated(TerminateNode command, Node node) {
    var containers = command.containers();
    if (!containers.isEmpty() && !command.force()) {
      throw new NodeRejected(
          INVALID_STATE,
          "node %s has %d containers: %s%s; drain it first, or give them up with ?force=true"
              .formatted(
                  node.nickname(),
                  containers.size(),
                  String.join(", ", containers.stream().limit(MOST_NAMED).toList()),
                  containers.size() > MOST_NAMED ? ", …" : ""));
    }
    var events = new ArrayList<>(drainEnd(node, "the node was terminated"));
    events.add(new NodeTerminated(node.id()));
    return events;
  }

  private static List<NodeEvent> drained(DrainNode command, Node node) {
    if (isDraining(node)) {
      throw new NodeRejected(
          INVALID_STATE, "node %s is being drained already".formatted(node.nickname()));
    }
    return List.of(new NodeDrainBegun(node.id(), command.asked().action(), command.deadline()));
  }

  private static List<NodeEvent> undrained(Node node) {
    if (node.drain() == null) {
      return NOTHING;
    }
    var events = new ArrayList<>(drainEnd(node, "the node was undrained before it was empty"));
    events.add(new NodeUndrained(node.id()));
    return events;
  }

  private static List<NodeEvent> removed(RemoveUnowned command, Node node) {
    if (command.owner() != null) {
      throw new NodeRejected(
          INVALID_STATE,
          "container %s belongs to service %s: it is removed there"
              .formatted(command.container(), command.owner()));
    }
    var reported = command.reported();
    if (reported == null) {
      throw new NodeRejected(
          NOT_FOUND,
          "node %s reports no unowned container %s"
              .formatted(node.nickname(), command.container()));
    }
    return List.of(new UnownedRemovalRequested(node.id(), command.container(), reported.made()));
  }

  private static List<NodeEvent> drainEnd(Node node, String reason) {
    var drain = node.drain();
    return drain == null || !drain.underWay()
        ? NOTHING
        : List.of(new NodeDrainEnded(node.id(), drain.action(), false, reason));
  }

  private static boolean isDrainedBy(ActionId action, Node node) {
    var drain = node.drain();
    return drain != null && drain.underWay() && drain.action().equals(action);
  }

  private static boolean isDraining(Node node) {
    return node.drain() != null && node.drain().underWay();
  }

  /** Why what was asked has failed at once, null if it has not. */
  static @Nullable String failure(UserNodeCommand command, Node node) {
    return switch (command) {
      case CheckNode _ -> illness(node);
      case UpgradeEngine _ ->
          "Slipway installs nothing on hosts: upgrade the Docker Engine of %s (%s) with what installed it"
              .formatted(node.nickname(), engine(node));
      case UpdateNode _, TerminateNode _, DrainNode _, UndrainNode _, RemoveUnowned _ -> null;
    };
  }

  private static @Nullable String illness(Node node) {
    if (node.silentSince() != null) {
      return "no heartbeat has come from %s since %s"
          .formatted(node.nickname(), node.silentSince());
    }
    var problem = node.facts().engineProblem();
    if (problem != null) {
      return "the agent of %s answers, but its Docker Engine %s"
          .formatted(node.nickname(), problem);
    }
    return node.facts().engineVersion() == null
        ? "the agent of %s answers, but its Docker Engine does not".formatted(node.nickname())
        : null;
  }

  private static String engine(Node node) {
    var version = node.facts().engineVersion();
    return version == null ? "it does not answer now" : "now " + version;
  }
}
