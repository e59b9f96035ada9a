package dev.slipway.command.service;

import static dev.slipway.model.attribute.Attributes.DEPLOY_BATCH;
import static dev.slipway.model.attribute.Attributes.DEPLOY_ORDER;
import static dev.slipway.model.attribute.Attributes.DEPLOY_ROLLBACK;
import static dev.slipway.model.container.ContainerPhase.RUNNING;
import static dev.slipway.model.container.ContainerPhase.TERMINATING;

import dev.slipway.model.attribute.Attribute.Trait;
import dev.slipway.model.container.Container;
import dev.slipway.model.service.Operation;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceEvent.RedeployRolledBack;
import dev.slipway.model.service.ServiceEvent.ServiceUpdated;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Carries a redeploy on: some running containers at a time are replaced, in the order that the
 * definition says, and the next when those run. Where one fails it stops, or goes back to what was
 * good before, if that is asked for.
 */
final class Replacing {

  private Replacing() {}

  static void advance(Decision decision) {
    if (!operation(decision).failures().isEmpty() && !rollBack(decision)) {
      return;
    }
    var service = decision.service();
    var old = outdated(service);
    decision.addAll(
        Progress.removals(service, old.stream().filter(c -> !runs(c) && !c.is(TERMINATING))));
    Placing.fillSlots(decision);
    if (!Progress.isSettled(decision.service())) {
      return;
    }
    var running = old.stream().filter(Replacing::runs).limit(batch(service)).toList();
    switch (service.definitions().current().get(DEPLOY_ORDER)) {
      case STOP_FIRST -> decision.addAll(Progress.removals(service, running.stream()));
      case START_FIRST -> running.forEach(container -> step(container, decision));
    }
  }

  private static boolean runs(Container container) {
    return container.is(RUNNING) && !container.isCrashing();
  }

  /** What is still to be replaced; after a rollback, what was made in between. */
  private static List<Container> outdated(Service service) {
    var operation = Objects.requireNonNull(service.operation());
    return service.fleet().containers().stream()
        .filter(
            container ->
                operation.rollback() == null
                    ? operation.before().contains(container.id())
                    : !service.definitions().matches(container))
        .toList();
  }

  private static int batch(Service service) {
    return service.definitions().current().get(DEPLOY_BATCH);
  }

  /** A container goes when the one that follows it in its slot runs, or has done its work. */
  private static void step(Container container, Decision decision) {
    var service = decision.service();
    if (service.fleet().successor(container).isPresent()) {
      decision.addAll(Progress.removals(service, Stream.of(container)));
    } else {
      decision.add(Placing.place(container.slot(), service, decision, List.of()));
    }
  }

  /** Once: what was good before may fail too. */
  private static boolean rollBack(Decision decision) {
    var service = decision.service();
    var operation = operation(decision);
    var good = operation.good();
    if (!service.definitions().current().get(DEPLOY_ROLLBACK)
        || operation.rollback() != null
        || good == null
        || good.makesTheSameContainerAs(service.definitions().current())) {
      return false;
    }
    var back =
        good.whole()
            .only(attribute -> attribute.is(Trait.IN_CONTAINER))
            .changesFrom(service.definitions().current());
    decision.add(new ServiceUpdated(service.id(), back));
    decision.add(new RedeployRolledBack(service.id(), String.join("; ", operation.failures())));
    return true;
  }

  private static Operation operation(Decision decision) {
    return Objects.requireNonNull(decision.service().operation());
  }
}
