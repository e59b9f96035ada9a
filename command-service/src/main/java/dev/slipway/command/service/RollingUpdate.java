package dev.slipway.command.service;

import static dev.slipway.model.attribute.Attributes.DEPLOY_BATCH;
import static dev.slipway.model.attribute.Attributes.DEPLOY_ORDER;
import static dev.slipway.model.attribute.Attributes.DEPLOY_ROLLBACK;
import static dev.slipway.model.container.ContainerPhase.RUNNING;
import static dev.slipway.model.container.ContainerPhase.STARTING;
import static dev.slipway.model.container.ContainerPhase.STOPPED;
import static dev.slipway.model.container.ContainerPhase.STOPPING;
import static dev.slipway.model.container.ContainerPhase.TERMINATING;

import dev.slipway.command.service.OperationScope.SingleContainer;
import dev.slipway.command.service.OperationScope.WholeService;
import dev.slipway.model.attribute.Attribute.Trait;
import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerPhase;
import dev.slipway.model.service.ServiceEvent.RedeployRolledBack;
import dev.slipway.model.service.ServiceEvent.ServiceUpdated;
import dev.slipway.model.service.ServiceLifecycle;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The redeploy: replaces the containers of a service batch by batch, so that as few as possible are
 * missing at a time. What does not run is replaced at once; of those that run, the next batch is
 * touched only when nothing is on its way. When a new container fails, the update stops, or rolls
 * back once to the definition that worked before.
 *
 * <p>A single container is removed and placed anew at once, whatever order the definition asks for.
 */
final class RollingUpdate implements ServiceOperation {

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
    switch (scope) {
      case WholeService whole -> EveryNode.resize(whole.decision());
      case SingleContainer one -> one.containers().forEach(one.decision()::remove);
    }
  }

  @Override
  public void next(OperationScope scope) {
    switch (scope) {
      case SingleContainer one -> one.fillSlot();
      case WholeService whole -> {
        if (whole.failures().isEmpty() || rollBack(whole)) {
          replaceNext(whole);
        }
      }
    }
  }

  private void replaceNext(WholeService whole) {
    var outdated = outdated(whole);
    outdated.stream()
        .filter(container -> !runs(container) && !container.is(TERMINATING))
        .forEach(whole.decision()::remove);
    Placing.fillSlots(whole.decision());
    if (!whole.isWaiting(this::awaits)) {
      int batch = whole.service().definitions().current().get(DEPLOY_BATCH);
      outdated.stream()
          .filter(RollingUpdate::runs)
          .limit(batch)
          .toList()
          .forEach(container -> replace(container, whole));
    }
  }

  private static void replace(Container container, WholeService whole) {
    var service = whole.service();
    switch (service.definitions().current().get(DEPLOY_ORDER)) {
      case STOP_FIRST -> whole.decision().remove(container);
      case START_FIRST -> {
        if (service.fleet().successor(container).isPresent()) {
          whole.decision().remove(container);
        } else {
          whole.decision().place(container.slot());
        }
      }
    }
  }

  private static boolean runs(Container container) {
    return container.is(RUNNING) && !container.isCrashing();
  }

  /** The containers to be replaced; after a rollback, those that the update had made. */
  private static List<Container> outdated(WholeService whole) {
    var operation = whole.operation();
    return whole
        .containers()
        .filter(
            container ->
                operation.rollback() == null
                    ? operation.before().contains(container.id())
                    : !whole.service().definitions().matches(container))
        .toList();
  }

  /**
   * Goes back to the definition that worked before the update, once: it may fail too.
   *
   * @return whether the update continues with that definition
   */
  private static boolean rollBack(WholeService whole) {
    var service = whole.service();
    var current = service.definitions().current();
    var good = whole.operation().good();
    if (!current.get(DEPLOY_ROLLBACK)
        || whole.operation().rollback() != null
        || good == null
        || good.makesTheSameContainerAs(current)) {
      return false;
    }
    var back =
        good.whole().only(attribute -> attribute.is(Trait.IN_CONTAINER)).changesFrom(current);
    var reason = String.join("; ", whole.failures());
    whole.decision().add(new ServiceUpdated(service.id(), back));
    whole.decision().add(new RedeployRolledBack(service.id(), reason));
    return true;
  }

  @Override
  public boolean awaits(Container container) {
    return container.isOnTrial() || container.is(TERMINATING);
  }

  @Override
  public List<String> failures(OperationScope scope) {
    var failures = new ArrayList<String>();
    if (scope instanceof WholeService whole && whole.operation().rollback() != null) {
      failures.add(whole.operation().rollback() + "; rolled back");
    }
    failures.addAll(scope.failures());
    return failures;
  }
}
