package dev.slipway.command.service;

import static dev.slipway.model.container.ContainerPhase.RUNNING;
import static dev.slipway.model.container.ContainerPhase.TERMINATING;

import dev.slipway.model.container.Container;
import dev.slipway.model.service.Service;
import java.util.Comparator;

/**
 * Ends what an operation that was given up leaves in one slot: of two containers the older goes
 * when the newer runs. A node that is drained brings its own to an end.
 */
final class Surplus {

  private Surplus() {}

  static void trim(Decision decision) {
    var service = decision.service();
    var fleet = service.fleet();
    if (!service.activity().isIdle()
        || fleet.containers().stream().map(Container::slot).distinct().count()
            == fleet.containers().size()) {
      return;
    }
    var old =
        fleet.containers().stream()
            .filter(container -> !container.is(TERMINATING) && isFollowed(container, service))
            .filter(container -> !isLeaving(container, decision))
            .toList();
    decision.addAll(Progress.removals(service, old.stream()));
  }

  private static boolean isFollowed(Container container, Service service) {
    return service.fleet().in(container.slot()).stream()
        .filter(one -> one.is(RUNNING))
        .max(Comparator.comparingInt(Container::generation))
        .filter(newest -> newest.generation() > container.generation())
        .isPresent();
  }

  private static boolean isLeaving(Container container, Decision decision) {
    return decision.cluster().node(container.node()).stream().anyMatch(node -> node.draining());
  }
}
