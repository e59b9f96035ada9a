package dev.slipway.model.service;

import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerPhase;

/** The state that a node must bring a container to, as it follows from the container's phase. */
public final class WantedState {

  private WantedState() {}

  /** A removed container takes its volumes along, unless another container is to reuse them. */
  public static Assignment.Wanted of(Container container, Service service) {
    var wanted = container.phase().wanted();
    return wanted == Assignment.Wanted.REMOVED && !leavesVolumes(container, service)
        ? Assignment.Wanted.ERASED
        : wanted;
  }

  /** When a slot is abandoned as a whole, each of its containers takes along its node's volumes. */
  private static boolean leavesVolumes(Container container, Service service) {
    var operation = service.operation();
    if (operation != null
        && (operation.kind() == OperationKind.TERMINATE
            || operation.kind() == OperationKind.SCALE)) {
      return false;
    }
    return service.activity().leavesVolumes(container.slot())
        || service.fleet().in(container.slot()).stream()
            .filter(other -> !other.is(ContainerPhase.TERMINATING))
            .anyMatch(container::sharesDataWith);
  }
}
