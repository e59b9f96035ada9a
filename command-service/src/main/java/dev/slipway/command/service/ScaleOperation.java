package dev.slipway.command.service;

import static dev.slipway.model.container.ContainerPhase.TERMINATING;

import dev.slipway.command.service.OperationScope.SingleContainer;
import dev.slipway.command.service.OperationScope.WholeService;
import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerPhase;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceCommand.OperationCommand;
import dev.slipway.model.service.ServiceLifecycle;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Removes the containers in the highest slots, or fills the lowest free slots. */
final class ScaleOperation implements ServiceOperation {

  @Override
  public Set<ServiceLifecycle> beginsIn() {
    return ServiceLifecycle.STABLE;
  }

  @Override
  public Set<ContainerPhase> beginsOn() {
    return EnumSet.noneOf(ContainerPhase.class);
  }

  /** With EVERY_NODE the nodes determine the number of containers, not the user. */
  @Override
  public void check(OperationCommand command, Service service) {
    if (EveryNode.isStrategyOf(service.definitions().current())) {
      throw new CommandRejected(
          CommandRejected.Reason.INVALID_CHANGE,
          command,
          "its deployment_strategy is EVERY_NODE: the nodes say how many");
    }
  }

  @Override
  public void begin(OperationScope scope) {} // next does all of it

  @Override
  public void next(OperationScope scope) {
    switch (scope) {
      case SingleContainer _ -> {} // beginsOn excludes it
      case WholeService whole -> {
        removeSurplus(whole);
        Placing.fillSlots(whole.decision());
      }
    }
  }

  private static void removeSurplus(WholeService whole) {
    var staying = whole.containers().filter(container -> !container.is(TERMINATING)).toList();
    var kept = // a slot has two containers while one of them leaves its node
        staying.stream()
            .map(Container::slot)
            .distinct()
            .sorted()
            .limit(whole.service().fleet().size())
            .collect(Collectors.toSet());
    staying.stream()
        .filter(container -> !kept.contains(container.slot()))
        .sorted(Comparator.comparingInt(Container::slot).reversed())
        .forEach(whole.decision()::remove);
  }

  @Override
  public boolean awaits(Container container) {
    return container.isOnTrial() || container.is(TERMINATING);
  }
}
