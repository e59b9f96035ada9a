package dev.slipway.command.service;

import static dev.slipway.model.attribute.Attributes.SEQUENTIAL_DEPLOYMENT;
import static dev.slipway.model.container.ContainerPhase.STOPPED;
import static dev.slipway.model.container.ContainerPhase.TERMINATING;
import static dev.slipway.model.service.ServiceLifecycle.NOT_RUNNING;
import static dev.slipway.model.service.ServiceLifecycle.PARTLY_RUNNING;

import dev.slipway.command.service.OperationScope.SingleContainer;
import dev.slipway.command.service.OperationScope.WholeService;
import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerPhase;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceLifecycle;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Starts stopped containers and fills the slots that have none. Where the definition asks for
 * sequential deployment, each container starts when the one before it runs.
 */
final class StartOperation implements ServiceOperation {

  @Override
  public Set<ServiceLifecycle> beginsIn() {
    return EnumSet.of(NOT_RUNNING, PARTLY_RUNNING, ServiceLifecycle.STOPPED);
  }

  @Override
  public Set<ContainerPhase> beginsOn() {
    return EnumSet.of(STOPPED);
  }

  @Override
  public void begin(OperationScope scope) {
    var decision = scope.decision();
    switch (scope) {
      case SingleContainer one -> one.containers().forEach(decision::start);
      case WholeService whole -> {
        EveryNode.resize(decision);
        if (!isSequential(whole.service())) {
          startable(whole.service()).forEach(decision::start);
        }
      }
    }
  }

  @Override
  public void next(OperationScope scope) {
    switch (scope) {
      case SingleContainer _ -> {} // no other container takes its place
      case WholeService whole -> {
        if (isSequential(whole.service()) && !Placing.mustWait(whole.service())) {
          startNext(whole);
        }
        Placing.fillSlots(whole.decision());
      }
    }
  }

  /** A container that has ended since the operation began is not started twice. */
  private static void startNext(WholeService whole) {
    startable(whole.service())
        .filter(container -> !hasEndedSince(whole.operation().begun(), container))
        .findFirst()
        .ifPresent(whole.decision()::start);
  }

  private static boolean hasEndedSince(Instant begun, Container container) {
    var ended = container.runtime().ended();
    return ended != null && ended.at().isAfter(begun);
  }

  private static boolean isSequential(Service service) {
    return service.definitions().current().get(SEQUENTIAL_DEPLOYMENT);
  }

  /** Of two stopped containers in a slot only the newer may start. */
  private static Stream<Container> startable(Service service) {
    var fleet = service.fleet();
    return fleet.containers().stream()
        .filter(container -> container.is(STOPPED))
        .filter(container -> fleet.successor(container).isEmpty());
  }

  @Override
  public boolean awaits(Container container) {
    return container.isOnTrial() || container.is(TERMINATING);
  }

  @Override
  public List<String> failures(OperationScope scope) {
    return switch (scope) {
      case WholeService whole -> whole.failures();
      case SingleContainer one ->
          one.problems().isEmpty() && one.containers().findAny().isEmpty()
              ? List.of("the container is gone")
              : one.failures();
    };
  }
}
