package dev.slipway.command.service;

import static dev.slipway.model.container.ContainerPhase.RUNNING;
import static dev.slipway.model.container.ContainerPhase.STARTING;
import static dev.slipway.model.container.ContainerPhase.STOPPING;
import static dev.slipway.model.container.ContainerPhase.TERMINATING;

import dev.slipway.model.action.ActionId;
import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerPhase;
import dev.slipway.model.service.Operation;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ContainerRemovalRequested;
import dev.slipway.model.service.ServiceEvent.ContainerStopRequested;
import dev.slipway.model.service.ServiceEvent.OperationEnded;
import dev.slipway.model.service.ServiceEvent.ServiceTerminated;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Carries an operation on: after every fact it asks what the operation still lacks, and adds the
 * events that bring it nearer to its end, or end it. Invariants:
 *
 * <ul>
 *   <li>an operation that lacks nothing and has nothing under way is ended at once;
 *   <li>a slot that failed once is not tried again by the same operation;
 *   <li>a redeploy takes running containers away only when no other is on its way.
 * </ul>
 */
final class Progress {

  private Progress() {}

  /** What an operation does at once, before any fact comes back. */
  static void begin(Decision decision) {
    var service = decision.service();
    var containers = service.fleet().containers().stream();
    switch (operation(service).kind()) {
      case START -> Sequence.startAll(decision);
      case STOP ->
          decision.addAll(
              containers
                  .filter(container -> container.is(RUNNING) || container.is(STARTING))
                  .map(c -> new ContainerStopRequested(service.id(), c.id()))
                  .toList());
      case TERMINATE -> decision.addAll(removals(service, containers));
      case SCALE, REDEPLOY -> {}
    }
    advance(decision);
  }

  /** Does what can be done now, and ends the operation if nothing is left. */
  static void advance(Decision decision) {
    if (decision.service().operation() == null) {
      return;
    }
    switch (operation(decision.service()).kind()) {
      case START -> {
        Sequence.startNext(decision);
        Placing.fillSlots(decision);
      }
      case SCALE -> scale(decision);
      case REDEPLOY -> Replacing.advance(decision);
      case STOP, TERMINATE -> {}
    }
    if (isSettled(decision.service())) {
      end(decision);
    }
  }

  /** The nodes have changed: slots that wait for one are tried again. */
  static void retry(Decision decision) {
    if (decision.service().operation() != null) {
      Placing.fillWaitingSlots(decision);
      advance(decision);
    }
  }

  /** Past its deadline an operation ends as failed; the containers give the state. */
  static void expire(ActionId expired, Decision decision) {
    var service = decision.service();
    var operation = service.operation();
    if (operation == null || !operation.id().equals(expired)) {
      return;
    }
    var waits = new ArrayList<String>();
    service.fleet().containers().stream()
        .filter(container -> waitsFor(operation, container))
        .map(container -> service.name(container) + state(container))
        .forEach(waits::add);
    operation.problems().values().stream().map(Operation.Problem::reason).forEach(waits::add);
    var reason = "the deadline has passed: " + String.join("; ", waits);
    decision.add(new OperationEnded(service.id(), operation.id(), false, reason));
  }

  private static void scale(Decision decision) {
    var service = decision.service();
    var staying = service.fleet().containers().stream().filter(c -> !c.is(TERMINATING)).toList();
    var kept = // a slot has two containers while one of them leaves its node
        staying.stream()
            .map(Container::slot)
            .distinct()
            .sorted()
            .limit(service.fleet().size())
            .collect(Collectors.toSet());
    decision.addAll(
        removals(
            service,
            staying.stream()
                .filter(container -> !kept.contains(container.slot()))
                .sorted(Comparator.comparingInt(Container::slot).reversed())));
    Placing.fillSlots(decision);
  }

  /** Whether the operation waits for nothing. */
  static boolean isSettled(Service service) {
    var operation = operation(service);
    return operation.problems().values().stream().noneMatch(Operation.Problem::waiting)
        && service.fleet().containers().stream()
            .noneMatch(container -> waitsFor(operation, container));
  }

  /** What is started counts as running when its node no longer monitors it. */
  private static boolean waitsFor(Operation operation, Container container) {
    return inFlight(operation).contains(container.phase())
        || (operation.startsContainers() && container.isOnTrial());
  }

  static String state(Container container) {
    return container.is(RUNNING) && container.isOnTrial()
        ? " has not run for long enough yet"
        : " is " + container.phase().text();
  }

  /** The states of containers that the operation waits for. */
  private static List<ContainerPhase> inFlight(Operation operation) {
    return switch (operation.kind()) {
      case START -> List.of(STARTING, TERMINATING);
      case STOP -> List.of(STOPPING);
      case SCALE, REDEPLOY -> List.of(STARTING, TERMINATING);
      case TERMINATE -> List.of(ContainerPhase.values());
    };
  }

  private static void end(Decision decision) {
    var service = decision.service();
    var operation = operation(service);
    var failures = new ArrayList<String>();
    if (operation.rollback() != null) {
      failures.add(operation.rollback() + "; rolled back");
    }
    failures.addAll(operation.failures());
    decision.add(
        new OperationEnded(
            service.id(),
            operation.id(),
            failures.isEmpty(),
            failures.isEmpty() ? null : String.join("; ", failures)));
    if (operation.kind() == dev.slipway.model.service.OperationKind.TERMINATE) {
      decision.add(new ServiceTerminated(service.id()));
    }
  }

  static List<ServiceEvent> removals(Service service, Stream<Container> containers) {
    return containers
        .<ServiceEvent>map(c -> new ContainerRemovalRequested(service.id(), c.id()))
        .toList();
  }

  private static Operation operation(Service service) {
    return java.util.Objects.requireNonNull(service.operation());
  }
}
