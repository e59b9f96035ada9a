package dev.slipway.command.service;

import static dev.slipway.model.attribute.Attributes.SEQUENTIAL_DEPLOYMENT;

import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerPhase;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceEvent.ContainerStartRequested;
import java.util.Objects;
import java.util.stream.Stream;

/** Starts what is stopped: all at once, or each when the one before it runs. */
final class Sequence {

  private Sequence() {}

  static void startAll(Decision decision) {
    if (!isSequential(decision.service())) {
      stopped(decision.service()).forEach(container -> start(container, decision));
    }
  }

  /** One that was started by this operation and ended again is not started twice. */
  static void startNext(Decision decision) {
    var service = decision.service();
    if (isSequential(service) && !Placing.mustWait(service)) {
      var begun = Objects.requireNonNull(service.operation()).begun();
      stopped(service)
          .filter(
              container -> {
                var ended = container.runtime().ended();
                return ended == null || !ended.at().isAfter(begun);
              })
          .findFirst()
          .ifPresent(container -> start(container, decision));
    }
  }

  private static boolean isSequential(Service service) {
    return service.definitions().current().get(SEQUENTIAL_DEPLOYMENT);
  }

  /** Of two in a slot only the newer. */
  private static Stream<Container> stopped(Service service) {
    var fleet = service.fleet();
    return fleet.containers().stream()
        .filter(container -> container.is(ContainerPhase.STOPPED))
        .filter(container -> fleet.successor(container).isEmpty());
  }

  private static void start(Container container, Decision decision) {
    decision.add(new ContainerStartRequested(decision.service().id(), container.id()));
  }
}
