package dev.slipway.command.node;

import dev.slipway.command.ledger.ClusterView;
import dev.slipway.command.ledger.NodeLedger;
import dev.slipway.command.ledger.NodeLedger.Drain;
import dev.slipway.command.ledger.NodeLedger.Inhabitant;
import dev.slipway.command.messaging.Attempts;
import dev.slipway.command.messaging.Commands;
import dev.slipway.command.node.NodeCommand.EndDrain;
import dev.slipway.command.node.NodeCommand.HoldUpDrain;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceCommand.FollowNodes;
import dev.slipway.model.service.ServiceCommand.GiveUpNode;
import dev.slipway.model.service.ServiceCommand.LeaveNode;
import dev.slipway.model.service.ServiceId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that services follow their nodes: empties nodes that are drained, gives up nodes that
 * are gone, and tells services that wait for a node when there may be one. What it remembers only
 * spares commands; all that is to be done stands in the ledger. Only the thread of its worker uses
 * it.
 */
public final class NodeKeeper {

  private static final String PART = "node-keeper";
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Commands commands;
  private final NodeLedger ledger;
  private final ClusterView cluster;
  private final Heartbeats heartbeats;
  private final Duration grace;
  private final InstantSource clock;
  private final Map<Inhabitant, Step> steps = new HashMap<>();
  private final Map<ActionId, @Nullable String> lastTold = new HashMap<>();
  private final Attempts attempts = new Attempts(PART);
  private Instant lastRound = Instant.MIN;
  private long lastChange = -1;

  /** The last thing that was tried to make a service leave a node, and when to try again. */
  private record Step(Duration pause, Instant next, String obstacle) {}

  /**
   * @param grace how long a silent node is waited for, while nodes are heard, before its containers
   *     are replaced
   */
  public NodeKeeper(
      Commands commands,
      NodeLedger ledger,
      ClusterView cluster,
      Heartbeats heartbeats,
      Duration grace,
      InstantSource clock) {
    this.commands = commands;
    this.ledger = ledger;
    this.cluster = cluster;
    this.heartbeats = heartbeats;
    this.grace = grace;
    this.clock = clock;
  }

  /** One round; what fails in it holds up nothing else, and is found again by the next. */
  public void look() {
    ledger
        .onTerminatedNodes()
        .forEach(one -> giveUp(one, "node %s was terminated".formatted(one.node()), true));
    if (heartbeats.haveBeenHeardSince(clock.instant().minus(grace))) {
      ledger
          .onSilentNodes(grace)
          .forEach(
              one ->
                  giveUp(
                      one,
                      "node %s was silent for longer than %d s"
                          .formatted(one.node(), grace.toSeconds()),
                      false));
    }
    drain(ledger.drains());
    follow();
  }

  private void giveUp(Inhabitant one, String reason, boolean always) {
    send(one.service(), new GiveUpNode(one.service(), one.node(), reason, always));
  }

  private void drain(List<Drain> drains) {
    var inhabitants = new HashSet<Inhabitant>();
    for (var drain : drains) {
      var services = ledger.servicesOn(drain.node());
      services.forEach(service -> inhabitants.add(new Inhabitant(service, drain.node())));
      if (services.isEmpty()) {
        send(drain.node(), new EndDrain(drain.node(), drain.action(), null));
      } else if (drain.expired()) {
        send(
            drain.node(),
            new EndDrain(drain.node(), drain.action(), failure(drain.node(), services)));
      } else {
        services.stream()
            .map(service -> new Inhabitant(service, drain.node()))
            .forEach(one -> attempts.attempt(one, () -> leave(one)));
        tell(drain, obstacles(drain.node(), services));
      }
    }
    steps.keySet().retainAll(inhabitants);
    lastTold.keySet().retainAll(drains.stream().map(Drain::action).toList());
  }

  private void leave(Inhabitant one) {
    var now = clock.instant();
    var last = steps.get(one);
    if (last != null && now.isBefore(last.next())) {
      return;
    }
    var obstacle = commands.send(new LeaveNode(one.service(), one.node()), one.service(), PART);
    var pause = last == null ? Duration.ofSeconds(1) : longer(last.pause());
    var wait = obstacle == null ? Duration.ZERO : pause;
    steps.put(
        one, new Step(wait, now.plus(wait), Objects.requireNonNullElse(obstacle, "").toString()));
  }

  private static Duration longer(Duration pause) {
    if (pause.isZero()) {
      return Duration.ofSeconds(1);
    }
    var doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  /** Only what is news: a drain that is held up for an hour says so once. */
  private void tell(Drain drain, String obstacles) {
    var reason =
        obstacles.isEmpty()
            ? null
            : "containers left: %d%s"
                .formatted(ledger.containersOn(drain.node()).size(), obstacles);
    boolean known =
        lastTold.containsKey(drain.action())
            && Objects.equals(lastTold.get(drain.action()), reason);
    if (!known) {
      send(drain.node(), new HoldUpDrain(drain.node(), drain.action(), reason));
      lastTold.put(drain.action(), reason);
    }
  }

  private String failure(NodeId node, List<ServiceId> services) {
    return "the deadline has passed and %d containers are still there%s"
        .formatted(ledger.containersOn(node).size(), obstacles(node, services));
  }

  /** Each after a semicolon. */
  private String obstacles(NodeId node, List<ServiceId> services) {
    return services.stream()
        .map(service -> steps.get(new Inhabitant(service, node)))
        .filter(step -> step != null && !step.obstacle().isEmpty())
        .limit(10)
        .map(step -> "; " + step.obstacle())
        .collect(Collectors.joining());
  }

  private void send(Object whom, Object command) {
    attempts.attempt(command, () -> commands.send(command, whom, PART));
  }

  /** At each change, and now and then for what another process has changed. */
  private void follow() {
    long change = cluster.changes();
    var now = clock.instant();
    boolean due = lastRound.equals(Instant.MIN) || lastRound.plus(LONGEST_PAUSE).isBefore(now);
    if (change != lastChange || due) {
      ledger.followers().forEach(service -> send(service, new FollowNodes(service)));
      lastChange = change;
      lastRound = now;
    }
  }
}
