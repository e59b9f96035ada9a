package dev.slipway.command.service;

import static dev.slipway.model.container.ContainerPhase.RUNNING;
import static dev.slipway.model.container.ContainerPhase.STARTING;
import static dev.slipway.model.container.ContainerPhase.STOPPING;
import static dev.slipway.model.service.ServiceLifecycle.PARTLY_RUNNING;

import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerPhase;
import dev.slipway.model.service.ServiceLifecycle;
import java.util.EnumSet;
import java.util.Set;

/** Stops the containers that run or are about to. */
final class StopOperation implements ServiceOperation {

  @Override
  public Set<ServiceLifecycle> beginsIn() {
    return EnumSet.of(ServiceLifecycle.RUNNING, PARTLY_RUNNING);
  }

  @Override
  public Set<ContainerPhase> beginsOn() {
    return EnumSet.of(RUNNING);
  }

  @Override
  public void begin(OperationScope scope) {
    scope
        .containers()
        .filter(container -> container.is(RUNNING) || container.is(STARTING))
        .forEach(scope.decision()::stop);
  }

  @Override
  public boolean awaits(Container container) {
    return container.is(STOPPING);
  }
}
