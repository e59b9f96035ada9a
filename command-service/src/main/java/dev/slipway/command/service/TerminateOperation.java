package dev.slipway.command.service;

import static dev.slipway.model.container.ContainerPhase.RUNNING;
import static dev.slipway.model.container.ContainerPhase.STARTING;
import static dev.slipway.model.container.ContainerPhase.STOPPED;
import static dev.slipway.model.container.ContainerPhase.STOPPING;

import dev.slipway.command.service.OperationScope.SingleContainer;
import dev.slipway.command.service.OperationScope.WholeService;
import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerPhase;
import dev.slipway.model.service.ServiceEvent.ServiceTerminated;
import dev.slipway.model.service.ServiceLifecycle;
import java.util.EnumSet;
import java.util.Set;

/** Removes containers for good. A service without containers ends. */
final class TerminateOperation implements ServiceOperation {

  @Override
  public Set<ServiceLifecycle> beginsIn() {
    return ServiceLifecycle.STABLE;
  }

  /** Also on a container whose start or stop was canceled or has expired. */
  @Override
  public Set<ContainerPhase> beginsOn() {
    return EnumSet.of(RUNNING, STOPPED, STARTING, STOPPING);
  }

  @Override
  public void begin(OperationScope scope) {
    scope.containers().forEach(scope.decision()::remove);
  }

  @Override
  public boolean awaits(Container container) {
    return true;
  }

  @Override
  public void ended(OperationScope scope) {
    switch (scope) {
      case SingleContainer _ -> {}
      case WholeService whole -> whole.decision().add(new ServiceTerminated(whole.service().id()));
    }
  }
}
