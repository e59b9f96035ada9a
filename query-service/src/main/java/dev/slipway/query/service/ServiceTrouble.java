package dev.slipway.query.service;

import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerHealth.Status;
import dev.slipway.model.service.Service;
import dev.slipway.query.service.Slots.Slot;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How much is wrong with a service: 3 if none of its containers runs and something prevents it, 2
 * if some container is missing, waiting, crashed or unhealthy, 1 if only its last operation failed.
 *
 * @param since when the oldest of the problems began
 */
record ServiceTrouble(int severity, Instant since) {

  private static final int NONE_RUNS = 3;
  private static final int SOME_SLOT = 2;
  private static final int LAST_OPERATION = 1;

  /** Empty if nothing is wrong. A service that a user stopped has no trouble. */
  static Optional<ServiceTrouble> of(Service service) {
    var slots = Slots.of(service);
    var oldest =
        slots.stream().flatMap(slot -> since(service, slot)).min(Comparator.naturalOrder());
    if (oldest.isPresent()) {
      boolean anyRuns = slots.stream().anyMatch(Slot::runs);
      return Optional.of(new ServiceTrouble(anyRuns ? SOME_SLOT : NONE_RUNS, oldest.get()));
    }
    var last = service.activity().last();
    return service.terminated() || service.operation() != null || last == null || last.success()
        ? Optional.empty()
        : Optional.of(new ServiceTrouble(LAST_OPERATION, last.ended()));
  }

  private static Stream<Instant> since(Service service, Slot slot) {
    var container = slot.container();
    if (container == null) {
      return Stream.ofNullable(slot.problem()).map(problem -> problem.since());
    }
    return isInTrouble(container) ? Stream.of(since(service, container)) : Stream.empty();
  }

  private static boolean isInTrouble(Container container) {
    return switch (container.phase()) {
      case STARTING, STOPPING, TERMINATING -> container.condition().waiting() != null;
      case RUNNING -> container.isCrashing() || isUnhealthy(container);
      case STOPPED -> {
        var ended = container.runtime().ended();
        yield container.endedByItself() && (ended == null || !ended.isSuccess());
      }
      case TERMINATED -> false;
    };
  }

  private static boolean isUnhealthy(Container container) {
    var health = container.condition().health();
    return health != null && health.status() == Status.UNHEALTHY;
  }

  private static Instant since(Service service, Container container) {
    var dates = container.runtime().dates();
    var began =
        switch (container.phase()) {
          case RUNNING -> dates.started();
          case STOPPED -> dates.stopped();
          case STARTING, STOPPING, TERMINATING, TERMINATED -> begun(service);
        };
    return Objects.requireNonNullElse(began, dates.deployed());
  }

  private static @Nullable Instant begun(Service service) {
    var operation = service.operation();
    return operation == null ? null : operation.begun();
  }
}
