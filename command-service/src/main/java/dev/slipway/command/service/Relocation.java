package dev.slipway.command.service;

import static dev.slipway.model.attribute.Attributes.ON_NODE_LOSS;
import static dev.slipway.model.container.ContainerPhase.RUNNING;
import static dev.slipway.model.container.ContainerPhase.STARTING;
import static dev.slipway.model.container.ContainerPhase.STOPPED;
import static dev.slipway.model.container.ContainerPhase.STOPPING;
import static dev.slipway.model.container.ContainerPhase.TERMINATING;

import dev.slipway.command.scheduling.Cluster;
import dev.slipway.model.container.Assignment.Wanted;
import dev.slipway.model.container.Container;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.OnNodeLoss;
import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceCommand.FollowNodes;
import dev.slipway.model.service.ServiceCommand.GiveUpNode;
import dev.slipway.model.service.ServiceCommand.LeaveNode;
import dev.slipway.model.service.ServiceCommand.OfNodes;
import dev.slipway.model.service.ServiceEvent.ContainerLost;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.ContainerWithdrawn;
import dev.slipway.model.service.ServiceEvent.PlacementRefused;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows the nodes. Whoever sends its commands sends them again until nothing is left to do, so
 * each looks at what is and takes the next step.
 */
final class Relocation {

  private Relocation() {}

  static void decide(OfNodes command, Decision decision) {
    if (decision.service().terminated()) {
      return;
    }
    switch (command) {
      case GiveUpNode give -> giveUp(give, decision);
      case LeaveNode(_, var node) -> leave(node, decision);
      case FollowNodes _ -> follow(decision);
    }
  }

  /** Also in the middle of an operation, which would wait for the node till its deadline. */
  private static void giveUp(GiveUpNode command, Decision decision) {
    var service = decision.service();
    var definition = service.definitions().current();
    if (!command.always() && definition.get(ON_NODE_LOSS) != OnNodeLoss.RESCHEDULE) {
      return;
    }
    service.fleet().containers().stream()
        .filter(container -> container.node().equals(command.node()))
        .forEach(
            lost ->
                decision.add(
                    new ContainerLost(
                        service.id(),
                        lost.id(),
                        lost.slot(),
                        command.reason(),
                        isMissed(lost, decision.service()))));
    ServiceOperations.next(decision);
    follow(decision);
  }

  private static boolean isMissed(Container lost, Service service) {
    var operation = service.operation();
    boolean ending =
        operation != null
            && (operation.kind() == OperationKind.STOP
                || operation.kind() == OperationKind.TERMINATE);
    return lost.phase().wanted() == Wanted.RUNNING
        && !ending
        && !EveryNode.isStrategyOf(service.definitions().current())
        && service.fleet().in(lost.slot()).size() == 1;
  }

  /** Slots that a node was lacking for are tried again; what cannot be placed is not told twice. */
  private static void follow(Decision decision) {
    var service = decision.service();
    if (!service.activity().isIdle()) {
      return;
    }
    if (EveryNode.isStrategyOf(service.definitions().current())) {
      EveryNode.follow(decision, isToRun(service));
      return;
    }
    for (int slot : service.fleet().owed()) {
      var now = decision.service();
      if (!Placing.freeSlots(now).isEmpty()
          && now.fleet().in(slot).isEmpty()
          && !Placing.mustWait(now)
          && Placing.place(slot, now, decision, List.of()) instanceof ContainerPlaced placed) {
        decision.add(placed);
      }
    }
  }

  /** Whether the last thing that was asked of the service was to run. */
  private static boolean isToRun(Service service) {
    var last = service.activity().last();
    return last != null
        && switch (last.operation().kind()) {
          case START, SCALE, REDEPLOY -> true;
          case STOP, TERMINATE -> false;
        };
  }

  /** One container after the other: what takes its place runs before it goes. */
  private static void leave(NodeId node, Decision decision) {
    var service = decision.service();
    if (!service.activity().isIdle()) {
      return;
    }
    if (EveryNode.isStrategyOf(service.definitions().current())) {
      EveryNode.follow(decision, false);
      return;
    }
    var leaving =
        service.fleet().containers().stream().filter(one -> one.node().equals(node)).toList();
    for (var container : leaving) {
      if (container.is(STOPPED)) {
        decision.add(new ContainerWithdrawn(service.id(), container.id()));
      }
    }
    for (var container : leaving) {
      if (container.is(RUNNING) || container.is(STARTING)) {
        step(container, node, decision);
      }
    }
  }

  private static void step(Container container, NodeId node, Decision decision) {
    var service = decision.service();
    var successor = successor(container, node, service).orElse(null);
    if (successor == null) {
      if (!isMoving(service)
          && Placing.place(container.slot(), service, decision, List.of())
              instanceof ContainerPlaced placed) {
        decision.add(placed);
      }
    } else if (successor.is(RUNNING) && !successor.isOnTrial()) {
      decision.add(new ContainerWithdrawn(service.id(), container.id()));
    } else if (successor.is(STOPPED)) {
      decision.add(new ContainerWithdrawn(service.id(), successor.id()));
    }
  }

  private static Optional<Container> successor(Container container, NodeId node, Service service) {
    return service.fleet().in(container.slot()).stream()
        .filter(one -> one.generation() > container.generation())
        .filter(one -> !one.node().equals(node) && !one.is(TERMINATING))
        .findFirst();
  }

  private static boolean isMoving(Service service) {
    return service.fleet().containers().stream()
        .anyMatch(one -> one.isOnTrial() || one.is(STOPPING) || one.is(TERMINATING));
  }

  /** Why the service's next container does not leave the node now, null if it is about to. */
  static @Nullable String obstacle(
      Service service, NodeId node, Cluster.Source clusters, Instant now) {
    if (!service.activity().isIdle()) {
      return "%s is %s".formatted(service.name(), service.lifecycle().text());
    }
    return refusals(service, node, clusters, now).stream()
        .map(PlacementRefused::reason)
        .findFirst()
        .orElse(null);
  }

  /** Why each container that runs on the node has nowhere to go; those that have are left out. */
  static List<PlacementRefused> refusals(
      Service service, NodeId node, Cluster.Source clusters, Instant now) {
    var decision = new Decision(service, clusters, now);
    return service.fleet().containers().stream()
        .filter(one -> one.node().equals(node) && one.is(RUNNING))
        .filter(one -> successor(one, node, service).isEmpty())
        .map(one -> Placing.place(one.slot(), service, decision, List.of()))
        .filter(PlacementRefused.class::isInstance)
        .map(PlacementRefused.class::cast)
        .toList();
  }

  /** Why each slot that lacks a container has no node now. */
  static List<PlacementRefused> refusals(Service service, Cluster.Source clusters, Instant now) {
    var decision = new Decision(service, clusters, now);
    return service.fleet().owed().stream()
        .filter(slot -> service.fleet().in(slot).isEmpty())
        .map(slot -> Placing.place(slot, service, decision, List.of()))
        .filter(PlacementRefused.class::isInstance)
        .map(PlacementRefused.class::cast)
        .toList();
  }
}
