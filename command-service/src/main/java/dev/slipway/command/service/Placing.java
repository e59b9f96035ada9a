package dev.slipway.command.service;

import static dev.slipway.model.attribute.Attributes.DEPLOYMENT_STRATEGY;
import static dev.slipway.model.attribute.Attributes.SEQUENTIAL_DEPLOYMENT;

import dev.slipway.command.scheduling.Need.Bond;
import dev.slipway.command.scheduling.Placement;
import dev.slipway.command.scheduling.Placement.Nowhere;
import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.Operation;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.PlacementRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

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
      if (mustWait(decision.service())) {
        return;
      }
      if (wanted.test(slot)) {
        var event = place(slot, service, decision, List.of());
        if (!repeats(event, Objects.requireNonNull(service.operation()))) {
          decision.add(event);
        }
      }
    }
  }

  /** Where containers are deployed one at a time, the next begins when the one before it runs. */
  static boolean mustWait(Service service) {
    return service.definitions().current().get(SEQUENTIAL_DEPLOYMENT)
        && service.fleet().containers().stream().anyMatch(Container::isOnTrial);
  }

  /** The lowest numbers that no container has, as many as the service lacks. */
  static List<Integer> freeSlots(Service service) {
    var fleet = service.fleet();
    var filled = fleet.containers().stream().map(Container::slot).collect(Collectors.toSet());
    int missing = Math.max(0, fleet.size() - filled.size());
    return IntStream.iterate(1, slot -> slot + 1)
        .filter(slot -> !filled.contains(slot))
        .limit(missing)
        .boxed()
        .toList();
  }

  /** What comes of looking for a node. */
  static ServiceEvent place(int slot, Service service, Decision decision, List<Bond> bonds) {
    var definition = service.definitions().current();
    var cluster = decision.cluster();
    var need = Needs.of(slot, service, cluster, bonds);
    int generation = service.fleet().nextGeneration(slot);
    return switch (cluster.place(need, definition.get(DEPLOYMENT_STRATEGY))) {
      case Placement.On(var node) -> {
        var tooLarge = decision.linksTooLarge(node);
        yield tooLarge == null
            ? placed(slot, generation, node, service, decision)
            : new PlacementRefused(
                service.id(),
                slot,
                "%s-%d: %s".formatted(service.name(), slot, tooLarge),
                Map.of(),
                false);
      }
      case Nowhere nowhere ->
          new PlacementRefused(
              service.id(),
              slot,
              "%s-%d: %s".formatted(service.name(), slot, nowhere.explain()),
              nowhere.reasons(),
              nowhere.forWantOfNodes());
    };
  }

  private static ContainerPlaced placed(
      int slot, int generation, NodeId node, Service service, Decision decision) {
    return new ContainerPlaced(
        service.id(),
        ContainerId.of(service.id(), slot, generation),
        slot,
        generation,
        service.definitions().revision(),
        node,
        Needs.claims(service.definitions().current()),
        variables(service, node, decision),
        data(slot, service),
        null);
  }

  /** A slot's first container finds its volumes empty in any case. */
  private static @Nullable Integer data(int slot, Service service) {
    int generation = service.fleet().nextGeneration(slot);
    return generation > 1 && service.activity().renewsVolumes(slot)
        ? Integer.valueOf(generation)
        : service.fleet().slot(slot).data();
  }

  private static List<EnvironmentVariable> variables(
      Service service, NodeId node, Decision decision) {
    var variables = new ArrayList<>(decision.linkVariables(node));
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
}
