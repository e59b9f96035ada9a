package dev.slipway.command.service;

import static dev.slipway.command.service.CommandRejected.Reason.INVALID_STATE;
import static dev.slipway.model.attribute.Attributes.TARGET_NUM_CONTAINERS;

import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerPhase;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceCommand.AdoptContainer;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.ServiceUpdated;
import java.util.Optional;

/**
 * Gives a service a container that its node reports as unowned: a later past had made it, which a
 * restore lost. The container keeps its uuid and runs on. It is taken as made from the definition
 * that holds now. A container that is in the slot already goes as soon as the adopted one runs.
 */
final class Adoption {

  private Adoption() {}

  static void adopt(AdoptContainer command, Decision decision) {
    var service = decision.service();
    obstacle(command, service)
        .ifPresent(
            reason -> {
              throw new CommandRejected(INVALID_STATE, command, reason);
            });
    enlarge(command.place().slot(), decision);
    decision.add(placed(command, decision));
  }

  private static Optional<String> obstacle(AdoptContainer command, Service service) {
    if (service.terminated()) {
      return Optional.of("the service is Terminated; remove the container instead");
    }
    if (!service.activity().isIdle()) {
      return Optional.of("an operation of the service is in progress; try again after its end");
    }
    return placeTaken(command, service);
  }

  private static Optional<String> placeTaken(AdoptContainer command, Service service) {
    var place = command.place();
    var name = service.name() + "-" + place.slot();
    if (!place.isOf(service.id(), command.container())) {
      return Optional.of(
          "its uuid does not follow from its labels, which say %s of generation %d"
              .formatted(name, place.generation()));
    }
    if (service.fleet().find(command.container()).isPresent()) {
      return Optional.of("the service has it already");
    }
    int last = service.fleet().slot(place.slot()).generation();
    if (place.generation() <= last) {
      return Optional.of(
          "it is generation %d of %s, which the service has used: it is at generation %d; remove the container instead"
              .formatted(place.generation(), name, last));
    }
    return otherOnNode(command, service)
        .map(
            other ->
                "the service has one container on each node, and %s is on this node; terminate that first"
                    .formatted(service.name(other)));
  }

  private static Optional<Container> otherOnNode(AdoptContainer command, Service service) {
    if (!EveryNode.isStrategyOf(service.definitions().current())) {
      return Optional.empty();
    }
    return service.fleet().containers().stream()
        .filter(one -> one.node().equals(command.node()) && one.slot() != command.place().slot())
        .filter(one -> !one.is(ContainerPhase.TERMINATING))
        .findFirst();
  }

  /** The next scaling would remove a container that is one too many. */
  private static void enlarge(int slot, Decision decision) {
    var service = decision.service();
    var definition = service.definitions().current();
    long others =
        service.fleet().containers().stream()
            .map(Container::slot)
            .filter(taken -> taken != slot)
            .distinct()
            .count();
    if (!EveryNode.isStrategyOf(definition) && definition.get(TARGET_NUM_CONTAINERS) <= others) {
      decision.add(
          new ServiceUpdated(
              service.id(), ServiceDefinition.EMPTY.with(TARGET_NUM_CONTAINERS, (int) others + 1)));
    }
  }

  private static ContainerPlaced placed(AdoptContainer command, Decision decision) {
    var service = decision.service();
    var place = command.place();
    var data = place.data();
    return new ContainerPlaced(
        service.id(),
        command.container(),
        place.slot(),
        place.generation(),
        service.definitions().revision(),
        command.node(),
        Needs.claims(service.definitions().current()),
        decision.linkVariables(command.node()),
        data == null ? service.fleet().slot(place.slot()).data() : data,
        true);
  }
}
