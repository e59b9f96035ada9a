package dev.slipway.command.service;

import static dev.slipway.command.service.CommandRejected.Reason.INVALID_STATE;
import static dev.slipway.command.service.CommandRejected.Reason.NOT_FOUND;
import static dev.slipway.model.container.ContainerPhase.STARTING;
import static dev.slipway.model.container.ContainerPhase.STOPPING;
import static dev.slipway.model.container.ContainerPhase.TERMINATING;
import static dev.slipway.model.service.OperationKind.REDEPLOY;
import static dev.slipway.model.service.OperationKind.START;
import static dev.slipway.model.service.OperationKind.STOP;
import static dev.slipway.model.service.OperationKind.TERMINATE;

import dev.slipway.command.scheduling.Need.Bond;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerPhase;
import dev.slipway.model.service.ContainerOperation;
import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceCommand.OperateContainer;
import dev.slipway.model.service.ServiceEvent.ContainerOperationBegun;
import dev.slipway.model.service.ServiceEvent.ContainerOperationEnded;
import dev.slipway.model.service.ServiceEvent.ContainerRemovalRequested;
import dev.slipway.model.service.ServiceEvent.ContainerStartRequested;
import dev.slipway.model.service.ServiceEvent.ContainerStopRequested;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Work on one container, while the service's state goes on following from all of them. There is
 * none while an operation on the whole service goes on, and no such operation begins before the
 * last of it has ended.
 */
final class ContainerWork {

  private ContainerWork() {}

  /** What may be asked of a container on which nothing is under way. */
  static Set<OperationKind> allowedIn(ContainerPhase phase) {
    return switch (phase) {
      case RUNNING -> Set.of(STOP, REDEPLOY, TERMINATE);
      case STOPPED -> Set.of(START, REDEPLOY, TERMINATE);
      case STARTING, STOPPING -> Set.of(REDEPLOY, TERMINATE); // given up on by what began it
      case TERMINATING, TERMINATED -> Set.of();
    };
  }

  static void begin(OperateContainer command, Decision decision) {
    var service = decision.service();
    var container =
        service
            .fleet()
            .find(command.container())
            .orElseThrow(() -> new CommandRejected(NOT_FOUND, command, "it does not exist"));
    check(command, container, service);
    decision.add(
        new ContainerOperationBegun(
            service.id(),
            command.asked().action(),
            command.kind(),
            container.id(),
            command.deadline(),
            command.reuseVolumes()));
    decision.add(
        switch (command.kind()) {
          case START -> new ContainerStartRequested(service.id(), container.id());
          case STOP -> new ContainerStopRequested(service.id(), container.id());
          case REDEPLOY, TERMINATE -> new ContainerRemovalRequested(service.id(), container.id());
          case SCALE -> throw new IllegalArgumentException("A container cannot be scaled");
        });
  }

  private static void check(OperateContainer command, Container container, Service service) {
    if (service.operation() != null) {
      throw new CommandRejected(
          INVALID_STATE, command, "its service is %s".formatted(service.lifecycle().text()));
    }
    refuseIfBusy(command, container, service);
    var allowed = allowedIn(container.phase());
    if (!allowed.contains(command.kind())) {
      throw new CommandRejected(
          INVALID_STATE,
          command,
          "it is %s; possible actions in this state: %s"
              .formatted(container.phase().text(), words(allowed)));
    }
  }

  private static void refuseIfBusy(OperateContainer command, Container container, Service service) {
    service
        .activity()
        .of(container.id())
        .ifPresent(
            busy -> {
              throw new CommandRejected(
                  INVALID_STATE, command, "its %s is under way".formatted(busy.kind().text()));
            });
  }

  static String words(Set<OperationKind> kinds) {
    return kinds.isEmpty()
        ? "none"
        : kinds.stream().sorted().map(OperationKind::text).collect(Collectors.joining(", "));
  }

  /** Carries on what is under way, as far as it can be now. */
  static void advance(Decision decision) {
    for (var operation : decision.service().activity().ofContainers()) {
      refill(operation, decision);
    }
    for (var operation : decision.service().activity().ofContainers()) {
      var service = decision.service();
      if (operation.problem() != null) {
        end(operation, operation.problem(), decision);
      } else if (!isUnderWay(operation, service)) {
        end(operation, lack(operation, service), decision);
      }
    }
  }

  /** A redeploy puts another container in the place of what it took away. */
  private static void refill(ContainerOperation operation, Decision decision) {
    var service = decision.service();
    if (operation.kind() == REDEPLOY
        && operation.problem() == null
        && service.fleet().in(operation.slot()).isEmpty()) {
      var last = service.fleet().slot(operation.slot()).last();
      var bonds =
          EveryNode.isStrategyOf(service.definitions().current()) && last != null
              ? List.of(new Bond("the place that is to be filled", Set.of(last)))
              : List.<Bond>of();
      decision.add(Placing.place(operation.slot(), service, decision, bonds));
    }
  }

  private static boolean isUnderWay(ContainerOperation operation, Service service) {
    return service.fleet().find(operation.container()).stream()
        .anyMatch(
            container ->
                switch (operation.kind()) {
                  case START -> container.isOnTrial();
                  case STOP -> container.is(STOPPING);
                  case REDEPLOY -> container.isOnTrial() || container.is(TERMINATING);
                  case TERMINATE, SCALE -> true;
                });
  }

  /** Why a start came to nothing though nobody said that it failed. */
  private static @Nullable String lack(ContainerOperation operation, Service service) {
    boolean gone = service.fleet().find(operation.container()).isEmpty();
    return operation.kind() == START && gone ? "the container is gone" : null;
  }

  private static void end(
      ContainerOperation operation, @Nullable String problem, Decision decision) {
    decision.add(
        new ContainerOperationEnded(
            decision.service().id(), operation.id(), problem == null, problem));
  }

  /** Past its deadline it ends as failed. */
  static void expire(ActionId expired, Decision decision) {
    var service = decision.service();
    service.activity().ofContainers().stream()
        .filter(operation -> operation.id().equals(expired))
        .findFirst()
        .ifPresent(
            operation -> {
              var found = service.fleet().find(operation.container());
              var waits =
                  found
                      .map(container -> service.name(container) + Progress.state(container))
                      .orElse("the container is gone");
              end(operation, "the deadline has passed: " + waits, decision);
            });
  }
}
