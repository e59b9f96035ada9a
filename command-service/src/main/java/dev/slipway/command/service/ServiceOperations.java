package dev.slipway.command.service;

import static dev.slipway.command.service.CommandRejected.Reason.INVALID_STATE;
import static dev.slipway.command.service.CommandRejected.Reason.NOT_FOUND;
import static dev.slipway.model.container.ContainerPhase.RUNNING;
import static java.util.stream.Collectors.joining;

import dev.slipway.command.service.OperationScope.SingleContainer;
import dev.slipway.command.service.OperationScope.WholeService;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerPhase;
import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.ServiceCommand.OperateContainer;
import dev.slipway.model.service.ServiceCommand.OperationCommand;
import dev.slipway.model.service.ServiceEvent.ContainerOperationBegun;
import dev.slipway.model.service.ServiceEvent.OperationBegun;
import dev.slipway.model.service.ServiceLifecycle;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Begins, continues and ends operations. How each operation works is decided by its {@link
 * ServiceOperation}. Invariants of all of them:
 *
 * <ul>
 *   <li>an operation that waits for nothing is ended in the same decision;
 *   <li>a slot that failed once is not tried again by the same operation;
 *   <li>a whole service and its containers are never worked on at the same time.
 * </ul>
 */
public final class ServiceOperations {

  private ServiceOperations() {}

  /** The operations that may begin in this state of a service. */
  public static Set<OperationKind> allowedIn(ServiceLifecycle state) {
    return kinds(operation -> operation.beginsIn().contains(state));
  }

  /** The operations that may begin on a container alone in this state. */
  static Set<OperationKind> allowedOn(ContainerPhase phase) {
    return kinds(operation -> operation.beginsOn().contains(phase));
  }

  private static Set<OperationKind> kinds(Predicate<ServiceOperation> which) {
    return Arrays.stream(OperationKind.values())
        .filter(kind -> which.test(ServiceOperation.of(kind)))
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Begins the operation that a user asks for.
   *
   * @throws CommandRejected if it may not begin now
   */
  static void begin(OperationCommand command, Decision decision) {
    if (command instanceof OperateContainer one) {
      begin(one, decision);
      return;
    }
    var service = decision.service();
    ServiceOperation.of(command.kind()).check(command, service);
    var state = service.lifecycle();
    require(command, state.text(), allowedIn(state));
    for (var busy : service.activity().ofContainers()) {
      throw new CommandRejected(
          INVALID_STATE,
          command,
          "the %s of its container %s-%d is under way"
              .formatted(busy.kind().text(), service.name(), busy.slot()));
    }
    begin(
        new OperationBegun(
            service.id(),
            command.asked().action(),
            command.kind(),
            command.deadline(),
            command.reuseVolumes(),
            List.of()),
        decision);
  }

  /** Begins an operation on the whole service, which must be idle. */
  static void begin(OperationBegun begun, Decision decision) {
    decision.add(begun);
    begin(new WholeService(decision));
  }

  private static void begin(OperateContainer command, Decision decision) {
    var service = decision.service();
    var container =
        service
            .fleet()
            .find(command.container())
            .orElseThrow(() -> new CommandRejected(NOT_FOUND, command, "it does not exist"));
    if (service.operation() != null) {
      throw new CommandRejected(
          INVALID_STATE, command, "its service is %s".formatted(service.lifecycle().text()));
    }
    service
        .activity()
        .of(container.id())
        .ifPresent(
            busy -> {
              throw new CommandRejected(
                  INVALID_STATE, command, "its %s is under way".formatted(busy.kind().text()));
            });
    require(command, container.phase().text(), allowedOn(container.phase()));
    decision.add(
        new ContainerOperationBegun(
            service.id(),
            command.asked().action(),
            command.kind(),
            container.id(),
            command.deadline(),
            command.reuseVolumes()));
    begin(new SingleContainer(decision, command.asked().action()));
  }

  private static void require(OperationCommand command, String state, Set<OperationKind> allowed) {
    if (!allowed.contains(command.kind())) {
      throw new CommandRejected(
          INVALID_STATE,
          command,
          "it is %s; possible actions in this state: %s".formatted(state, words(allowed)));
    }
  }

  private static String words(Set<OperationKind> kinds) {
    return kinds.isEmpty()
        ? "none"
        : kinds.stream().sorted().map(OperationKind::text).collect(joining(", "));
  }

  private static void begin(OperationScope scope) {
    ServiceOperation.of(scope.kind()).begin(scope);
    next(List.of(scope));
  }

  /** Continues the operation on the whole service, if there is one. */
  static void next(Decision decision) {
    next(WholeService.in(decision).toList());
  }

  /** Continues the operations on single containers. */
  static void nextOnContainers(Decision decision) {
    next(SingleContainer.in(decision).toList());
  }

  private static void next(List<? extends OperationScope> scopes) {
    scopes.forEach(scope -> ServiceOperation.of(scope.kind()).next(scope));
    scopes.forEach(ServiceOperations::endIfDone);
  }

  private static void endIfDone(OperationScope scope) {
    var operation = ServiceOperation.of(scope.kind());
    if (!scope.isWaiting(operation::awaits)) {
      var failures = operation.failures(scope);
      scope.decision().add(scope.ended(failures.isEmpty() ? null : String.join("; ", failures)));
      operation.ended(scope);
    }
  }

  /** Tries the slots again that wait for a node, after the nodes have changed. */
  static void retryPlacement(Decision decision) {
    if (decision.service().operation() != null) {
      Placing.fillWaitingSlots(decision);
      next(decision);
    }
  }

  /** Ends an operation as failed whose deadline has passed; its containers stay as they are. */
  static void expire(ActionId expired, Decision decision) {
    find(expired, decision)
        .ifPresent(
            scope -> {
              var operation = ServiceOperation.of(scope.kind());
              var waits =
                  scope
                      .containers()
                      .filter(operation::awaits)
                      .map(container -> scope.service().name(container) + state(container));
              var reasons = Stream.concat(waits, scope.problems().stream());
              decision.add(
                  scope.ended("the deadline has passed: " + reasons.collect(joining("; "))));
            });
  }

  private static String state(Container container) {
    return container.is(RUNNING) && container.isOnTrial()
        ? " has not run for long enough yet"
        : " is " + container.phase().text();
  }

  /** The scope of the operation in progress that the action began. */
  static Optional<OperationScope> find(ActionId action, Decision decision) {
    return OperationScope.in(decision)
        .filter(scope -> scope.operationId().equals(action))
        .findFirst();
  }
}
