package dev.slipway.command.service;

import static dev.slipway.model.attribute.Attributes.AUTODESTROY;
import static dev.slipway.model.container.ContainerPhase.STOPPED;

import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerRuntime.Ended;
import dev.slipway.model.service.Operation;
import dev.slipway.model.service.Service;
import org.jspecify.annotations.Nullable;

/**
 * Terminates containers that have ended, where {@code autodestroy} says so. An end is reported only
 * when the Engine will not restart the container, so the restart policy has had its say before.
 *
 * <p>While an operation is under way, what has ended keeps its slot: the operation would put
 * another container in its place, and a job would run again that is done.
 */
final class Autodestruction {

  private Autodestruction() {}

  /**
   * Asks for the removal of what has ended since, unless an operation goes on.
   *
   * @param before the service as the decision found it
   */
  static void follow(Decision decision, Service before) {
    var service = decision.service();
    if (service.operation() != null || service.terminated()) {
      return;
    }
    service.fleet().containers().stream()
        .filter(container -> container.is(STOPPED))
        .filter(container -> hasEndedSince(container, before))
        .filter(container -> goes(container.runtime().ended(), service))
        .forEach(decision::remove);
  }

  /** What had ended before its service was told to destroy what ends is left alone. */
  private static boolean hasEndedSince(Container container, Service before) {
    @Nullable Operation operation = before.operation();
    var ended = container.runtime().ended();
    if (operation != null) {
      return ended != null && !ended.at().isBefore(operation.begun());
    }
    return before.fleet().find(container.id()).stream().noneMatch(known -> known.is(STOPPED));
  }

  private static boolean goes(@Nullable Ended ended, Service service) {
    return switch (service.definitions().current().get(AUTODESTROY)) {
      case OFF -> false;
      case ON_SUCCESS -> ended != null && ended.isSuccess();
      case ALWAYS -> true;
    };
  }
}
