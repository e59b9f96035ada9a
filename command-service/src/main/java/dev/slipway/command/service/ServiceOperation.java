package dev.slipway.command.service;

import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerPhase;
import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceCommand.OperationCommand;
import dev.slipway.model.service.ServiceLifecycle;
import java.util.List;
import java.util.Set;

/**
 * An operation that a service can carry out. Each implementation decides alone when its operation
 * may begin, what it asks of the nodes, and what it waits for; {@link ServiceOperations} calls it.
 */
sealed interface ServiceOperation
    permits StartOperation, StopOperation, ScaleOperation, RollingUpdate, TerminateOperation {

  static ServiceOperation of(OperationKind kind) {
    return switch (kind) {
      case START -> new StartOperation();
      case STOP -> new StopOperation();
      case SCALE -> new ScaleOperation();
      case REDEPLOY -> new RollingUpdate();
      case TERMINATE -> new TerminateOperation();
    };
  }

  /** The states of a service in which the operation may begin. */
  Set<ServiceLifecycle> beginsIn();

  /** The states of a container in which the operation may begin on that container alone. */
  Set<ContainerPhase> beginsOn();

  /**
   * Checks rules that do not depend on the state of the service.
   *
   * @throws CommandRejected if the definition excludes the operation
   */
  default void check(OperationCommand command, Service service) {}

  /** Asks for everything that can happen at once, before the first report. */
  void begin(OperationScope scope);

  /** Asks for what can happen next. Called after {@code begin} and after every fact. */
  default void next(OperationScope scope) {}

  /** Whether the operation waits for a report on the container. */
  boolean awaits(Container container);

  /** The reasons why the operation failed; empty if it succeeded. */
  default List<String> failures(OperationScope scope) {
    return scope.failures();
  }

  /** Adds what follows from the end of the operation. */
  default void ended(OperationScope scope) {}
}
