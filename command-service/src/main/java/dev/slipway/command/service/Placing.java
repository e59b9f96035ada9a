package dev.slipway.command.service;

import static dev.slipway.model.attribute.Attributes.CONTAINER_PORTS;
import static dev.slipway.model.attribute.Attributes.DEPLOYMENT_STRATEGY;
import static dev.slipway.model.attribute.Attributes.TAGS;

import dev.slipway.command.scheduling.HostPort;
import dev.slipway.command.scheduling.Need;
import dev.slipway.command.scheduling.Placement;
import dev.slipway.command.scheduling.Placement.Nowhere;
import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.PublishedPort;
import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.Operation;
import dev.slipway.model.service.PortSpec;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.PlacementRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Gives each slot that lacks a container one, or says why it cannot have one. */
final class Placing {

  private Placing() {}

  /** Fills the slots that are free and that the operation has not tried in vain. */
  static void fillSlots(Decision decision) {
    var operation = Objects.requireNonNull(decision.service().operation());
    fill(decision, slot -> !operation.gaveUpOn(slot) && !operation.waitsFor(slot));
  }

  /** Tries the slots again that wait for a node; one that goes on waiting is not told of twice. */
  static void fillWaitingSlots(Decision decision) {
    fill(decision, Objects.requireNonNull(decision.service().operation())::waitsFor);
  }

  private static void fill(Decision decision, IntPredicate wanted) {
    var service = decision.service();
    for (int slot : freeSlots(service)) {
      if (wanted.test(slot)) {
        var event = place(slot, service, decision);
        if (!repeats(event, Objects.requireNonNull(service.operation()))) {
          decision.add(event);
        }
      }
    }
  }

  /** The lowest numbers that no container has, as many as the service lacks. */
  private static List<Integer> freeSlots(Service service) {
    var fleet = service.fleet();
    var filled = fleet.containers().stream().map(Container::slot).collect(Collectors.toSet());
    int missing = Math.max(0, fleet.size() - filled.size());
    return IntStream.iterate(1, slot -> slot + 1)
        .filter(slot -> !filled.contains(slot))
        .limit(missing)
        .boxed()
        .toList();
  }

  private static ServiceEvent place(int slot, Service service, Decision decision) {
    var definition = service.definitions().current();
    var placement = decision.cluster().place(need(service), definition.get(DEPLOYMENT_STRATEGY));
    int generation = service.fleet().nextGeneration(slot);
    return switch (placement) {
      case Placement.On(var node) ->
          new ContainerPlaced(
              service.id(),
              ContainerId.of(service.id(), slot, generation),
              slot,
              generation,
              service.definitions().revision(),
              node,
              claims(definition),
              variables(service, decision));
      case Nowhere nowhere ->
          new PlacementRefused(
              service.id(),
              slot,
              "%s-%d: %s".formatted(service.name(), slot, nowhere.explain()),
              nowhere.reasons(),
              nowhere.forWantOfNodes());
    };
  }

  private static List<EnvironmentVariable> variables(Service service, Decision decision) {
    var variables = new ArrayList<>(decision.linkVariables());
    var operation = service.operation();
    if (operation != null) {
      variables.addAll(operation.variables());
    }
    return variables;
  }

  private static boolean repeats(ServiceEvent event, Operation operation) {
    return event instanceof PlacementRefused refused
        && refused.waiting()
        && operation.waitsFor(refused.slot());
  }

  private static Need need(Service service) {
    var definition = service.definitions().current();
    var ports =
        claims(definition).stream()
            .map(claim -> new HostPort(claim.protocol(), claim.outerPort()))
            .collect(Collectors.toSet());
    return new Need(service.id(), new TreeSet<>(definition.get(TAGS)), ports);
  }

  private static List<PublishedPort> claims(ServiceDefinition definition) {
    return definition.get(CONTAINER_PORTS).stream()
        .filter(PortSpec::published)
        .flatMap(port -> claim(port).stream())
        .toList();
  }

  private static Optional<PublishedPort> claim(PortSpec port) {
    return Optional.ofNullable(port.outerPort())
        .map(outer -> new PublishedPort(port.protocol(), port.innerPort(), outer));
  }
}
