package dev.slipway.command.service;

import dev.slipway.command.scheduling.Need.Bond;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.container.Container;
import dev.slipway.model.service.ContainerOperation;
import dev.slipway.model.service.Operation;
import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ContainerOperationEnded;
import dev.slipway.model.service.ServiceEvent.OperationEnded;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The containers that an operation in progress works on: those of a whole service, or a single one.
 * All answers are as of the last event of the decision.
 */
sealed interface OperationScope {

  /** The operations in progress; those on single containers exclude one on the whole service. */
  static Stream<OperationScope> in(Decision decision) {
    return Stream.concat(WholeService.in(decision), SingleContainer.in(decision));
  }

  Decision decision();

  ActionId operationId();

  OperationKind kind();

  Stream<Container> containers();

  /** Why slots have no container, or why the last one in them failed. */
  List<String> problems();

  /** Those of the problems that no further node would solve. */
  List<String> failures();

  /** Whether a report on an awaited container, or a further node, can still bring progress. */
  boolean isWaiting(Predicate<Container> awaited);

  /**
   * Returns the event that ends the operation.
   *
   * @param failure null if the operation succeeded
   */
  ServiceEvent ended(@Nullable String failure);

  default Service service() {
    return decision().service();
  }

  /** All containers of a service. */
  record WholeService(Decision decision) implements OperationScope {

    static Stream<WholeService> in(Decision decision) {
      return Stream.of(decision)
          .filter(one -> one.service().operation() != null)
          .map(WholeService::new);
    }

    Operation operation() {
      return Objects.requireNonNull(service().operation());
    }

    @Override
    public ActionId operationId() {
      return operation().id();
    }

    @Override
    public OperationKind kind() {
      return operation().kind();
    }

    @Override
    public Stream<Container> containers() {
      return service().fleet().containers().stream();
    }

    @Override
    public List<String> problems() {
      return operation().problems().values().stream().map(Operation.Problem::reason).toList();
    }

    @Override
    public List<String> failures() {
      return operation().failures();
    }

    @Override
    public boolean isWaiting(Predicate<Container> awaited) {
      return operation().problems().values().stream().anyMatch(Operation.Problem::waiting)
          || containers().anyMatch(awaited);
    }

    @Override
    public ServiceEvent ended(@Nullable String failure) {
      return new OperationEnded(service().id(), operationId(), failure == null, failure);
    }
  }

  /** One container, and the one that replaces it. Any problem ends the operation. */
  record SingleContainer(Decision decision, ActionId operationId) implements OperationScope {

    static Stream<SingleContainer> in(Decision decision) {
      return decision.service().activity().ofContainers().stream()
          .map(operation -> new SingleContainer(decision, operation.id()));
    }

    private ContainerOperation operation() {
      return service().activity().ofContainers().stream()
          .filter(operation -> operation.id().equals(operationId))
          .findFirst()
          .orElseThrow();
    }

    @Override
    public OperationKind kind() {
      return operation().kind();
    }

    @Override
    public Stream<Container> containers() {
      return service().fleet().find(operation().container()).stream();
    }

    @Override
    public List<String> problems() {
      return Stream.ofNullable(operation().problem()).toList();
    }

    @Override
    public List<String> failures() {
      return problems();
    }

    @Override
    public boolean isWaiting(Predicate<Container> awaited) {
      return operation().problem() == null && containers().anyMatch(awaited);
    }

    @Override
    public ServiceEvent ended(@Nullable String failure) {
      return new ContainerOperationEnded(service().id(), operationId, failure == null, failure);
    }

    /** Places a container in the slot once it is empty, with EVERY_NODE on the same node. */
    void fillSlot() {
      int slot = operation().slot();
      var fleet = service().fleet();
      if (operation().problem() != null || !fleet.in(slot).isEmpty()) {
        return;
      }
      var last = fleet.slot(slot).last();
      var bonds =
          EveryNode.isStrategyOf(service().definitions().current()) && last != null
              ? List.of(new Bond("the place that is to be filled", Set.of(last)))
              : List.<Bond>of();
      decision.add(Placing.place(slot, service(), decision, bonds));
    }
  }
}
