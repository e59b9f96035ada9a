package dev.slipway.command.service;

import static dev.slipway.model.container.ContainerPhase.RUNNING;
import static dev.slipway.model.container.ContainerPhase.STOPPED;
import static dev.slipway.model.container.ContainerPhase.TERMINATING;

import dev.slipway.model.container.Container;
import dev.slipway.model.service.Service;
import java.util.Comparator;

/**
 * Ends what an operation that failed or was given up leaves in one slot: of two containers the
 * older goes when the newer runs, and one that has ended when the other runs or, ended too, is
 * newer. So a start never finds two. A node that is drained brings its own to an end.
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
    fleet.containers().stream()
        .filter(container -> !container.is(TERMINATING))
        .filter(one -> isFollowed(one, service) || hasEndedBesideAnother(one, decision))
        .filter(container -> !isLeaving(container, decision))
        .toList()
        .forEach(decision::remove);
  }

  private static boolean isFollowed(Container container, Service service) {
    return service.fleet().in(container.slot()).stream()
        .filter(Container::isStable)
        .max(Comparator.comparingInt(Container::generation))
        .filter(newest -> newest.generation() > container.generation())
        .isPresent();
  }

  private static boolean hasEndedBesideAnother(Container container, Decision decision) {
    return container.is(STOPPED)
        && decision.service().fleet().in(container.slot()).stream()
            .filter(other -> !isLeaving(other, decision))
            .anyMatch(
                other -> other.is(RUNNING) || (other.is(STOPPED) && isNewer(other, container)));
  }

  private static boolean isNewer(Container one, Container other) {
    return one.generation() > other.generation();
  }

  private static boolean isLeaving(Container container, Decision decision) {
    return decision.cluster().node(container.node()).stream().anyMatch(node -> node.draining());
  }
}
