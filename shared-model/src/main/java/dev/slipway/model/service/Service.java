package dev.slipway.model.service;

import static dev.slipway.model.attribute.Attributes.NAME;
import static dev.slipway.model.attribute.Attributes.TARGET_NUM_CONTAINERS;

import dev.slipway.model.Namespace;
import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerPhase;
import dev.slipway.model.container.ContainerRuntime.Ended;
import dev.slipway.model.service.Operation.Problem;
import dev.slipway.model.service.ServiceEvent.ContainerCreated;
import dev.slipway.model.service.ServiceEvent.ContainerExited;
import dev.slipway.model.service.ServiceEvent.ContainerFailed;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.ContainerRemovalRequested;
import dev.slipway.model.service.ServiceEvent.ContainerRemoved;
import dev.slipway.model.service.ServiceEvent.ContainerStartRequested;
import dev.slipway.model.service.ServiceEvent.ContainerStarted;
import dev.slipway.model.service.ServiceEvent.ContainerStopRequested;
import dev.slipway.model.service.ServiceEvent.OperationBegun;
import dev.slipway.model.service.ServiceEvent.OperationEnded;
import dev.slipway.model.service.ServiceEvent.PlacementRefused;
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import dev.slipway.model.service.ServiceEvent.ServiceTerminated;
import dev.slipway.model.service.ServiceEvent.ServiceUpdated;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of a service: the fold of its events, and nothing else. Deciding, reading and asking
 * what was at some past moment all use this one fold.
 *
 * @param version the sequence number of the last event in it, from 0
 */
public record Service(
    ServiceId id,
    Namespace namespace,
    long version,
    Definitions definitions,
    Fleet fleet,
    @Nullable Operation operation,
    ServiceDates dates,
    boolean terminated) {

  /**
   * The state after one more event. Total and silent: an event is a fact.
   *
   * @param service null before the first event
   * @throws IllegalStateException if a log does not begin with the service's creation
   */
  public static Service evolve(@Nullable Service service, ServiceEvent event, Instant at) {
    if (event instanceof ServiceCreated(var id, var namespace, var definition)) {
      return new Service(
          id,
          namespace,
          0,
          Definitions.first(definition),
          Fleet.EMPTY,
          null,
          ServiceDates.created(at),
          false);
    }
    if (service == null) {
      throw new IllegalStateException("A log begins with " + event);
    }
    return service.after(event, at).atVersion(service.version + 1);
  }

  private Service after(ServiceEvent event, Instant at) {
    return switch (event) {
      case ServiceCreated _ -> this;
      case ServiceUpdated(_, var changes) -> with(definitions.changed(changes, fleet.containers()));
      case OperationBegun begun -> begun(begun, at);
      case ContainerPlaced placed -> placed(placed, at);
      case PlacementRefused refused -> refused(refused);
      case ContainerStartRequested(_, var id) -> with(fleet.change(id, Container::startRequested));
      case ContainerStopRequested(_, var id) ->
          with(fleet.change(id, container -> container.inPhase(ContainerPhase.STOPPING)));
      case ContainerRemovalRequested(_, var id) ->
          with(fleet.change(id, container -> container.inPhase(ContainerPhase.TERMINATING)));
      case ContainerCreated(_, var id, var engineId, var image) ->
          with(fleet.change(id, container -> container.created(engineId, image)));
      case ContainerStarted(_, var id, var engineId, var ip, var ports) ->
          with(fleet.change(id, container -> container.started(engineId, ip, ports, at)));
      case ContainerExited(_, var id, var exitCode, var oomKilled, var error) ->
          with(
              fleet.change(
                  id, container -> container.exited(new Ended(at, exitCode, oomKilled, error))));
      case ContainerFailed failed -> failed(failed);
      case ContainerRemoved(_, var id) -> with(fleet.without(id));
      case OperationEnded _ -> with((Operation) null);
      case ServiceTerminated _ ->
          new Service(id, namespace, version, definitions, fleet, null, dates, true);
    };
  }

  private Service begun(OperationBegun begun, Instant at) {
    var operation =
        Operation.begun(
            begun.operation(),
            begun.kind(),
            at,
            begun.deadline(),
            begun.reuseVolumes(),
            fleet.containers());
    var sized =
        switch (begun.kind()) {
          case START, SCALE, REDEPLOY ->
              fleet.withSize(definitions.current().get(TARGET_NUM_CONTAINERS));
          case STOP, TERMINATE -> fleet;
        };
    return new Service(
        id,
        namespace,
        version,
        definitions,
        sized,
        operation,
        dates.begun(begun.kind(), at),
        terminated);
  }

  private Service placed(ContainerPlaced placed, Instant at) {
    var container =
        Container.placed(
            placed.container(),
            placed.slot(),
            placed.generation(),
            placed.revision(),
            placed.node(),
            at);
    return new Service(
        id,
        namespace,
        version,
        definitions,
        fleet.with(container),
        operation == null ? null : operation.withoutProblem(placed.slot()),
        dates.deployed(at),
        terminated);
  }

  private Service refused(PlacementRefused refused) {
    return operation == null
        ? this
        : with(
            operation.withProblem(
                refused.slot(), new Problem(refused.reason(), refused.waiting())));
  }

  private Service failed(ContainerFailed failed) {
    var after = with(fleet.without(failed.container()));
    var container = fleet.find(failed.container()).orElse(null);
    if (operation == null || container == null) {
      return after;
    }
    var reason = name(container) + ": " + failed.reason();
    return after.with(operation.withProblem(container.slot(), new Problem(reason, false)));
  }

  private Service atVersion(long version) {
    return new Service(id, namespace, version, definitions, fleet, operation, dates, terminated);
  }

  private Service with(Definitions definitions) {
    return new Service(id, namespace, version, definitions, fleet, operation, dates, terminated);
  }

  private Service with(Fleet fleet) {
    return new Service(id, namespace, version, definitions, fleet, operation, dates, terminated);
  }

  private Service with(@Nullable Operation operation) {
    return new Service(id, namespace, version, definitions, fleet, operation, dates, terminated);
  }

  /** One of the ten states of the API page. */
  public ServiceLifecycle lifecycle() {
    if (terminated) {
      return ServiceLifecycle.TERMINATED;
    }
    return operation != null ? operation.lifecycle() : fleet.lifecycle();
  }

  /** Whether every container is as one made today would be. */
  public boolean isSynchronized() {
    return fleet.containers().stream().allMatch(definitions::matches);
  }

  public String name() {
    return definitions.current().get(NAME);
  }

  /** The name of a container in the API, such as {@code web-1}. */
  public String name(Container container) {
    return name() + "-" + container.slot();
  }
}
