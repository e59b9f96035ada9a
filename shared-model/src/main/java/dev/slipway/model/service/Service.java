package dev.slipway.model.service;

import static dev.slipway.model.attribute.Attributes.NAME;

import dev.slipway.model.Namespace;
import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerRuntime.Ended;
import dev.slipway.model.service.ServiceEvent.ContainerConditionChanged;
import dev.slipway.model.service.ServiceEvent.ContainerCreated;
import dev.slipway.model.service.ServiceEvent.ContainerExited;
import dev.slipway.model.service.ServiceEvent.ContainerFailed;
import dev.slipway.model.service.ServiceEvent.ContainerGone;
import dev.slipway.model.service.ServiceEvent.ContainerOperationBegun;
import dev.slipway.model.service.ServiceEvent.ContainerOperationEnded;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.ContainerRequest;
import dev.slipway.model.service.ServiceEvent.ContainerStarted;
import dev.slipway.model.service.ServiceEvent.FleetResized;
import dev.slipway.model.service.ServiceEvent.OperationBegun;
import dev.slipway.model.service.ServiceEvent.OperationEnded;
import dev.slipway.model.service.ServiceEvent.OperationQueued;
import dev.slipway.model.service.ServiceEvent.PlacementRefused;
import dev.slipway.model.service.ServiceEvent.QueuedOperationDropped;
import dev.slipway.model.service.ServiceEvent.RedeployRolledBack;
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import dev.slipway.model.service.ServiceEvent.ServiceTerminated;
import dev.slipway.model.service.ServiceEvent.ServiceUpdated;
import dev.slipway.model.service.ServiceEvent.TriggerCreated;
import dev.slipway.model.service.ServiceEvent.TriggerDeleted;
import dev.slipway.model.service.ServiceEvent.VolumesErased;
import dev.slipway.model.stack.StackRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of a service: the fold of its events, and nothing else. Deciding, reading and asking
 * what was at some past moment all use this one fold.
 *
 * @param version the sequence number of the last event in it, from 0
 * @param stack that it is in, null if in none
 */
public record Service(
    ServiceId id,
    Namespace namespace,
    long version,
    @Nullable StackRef stack,
    Definitions definitions,
    Fleet fleet,
    Activity activity,
    List<Trigger> triggers,
    ServiceDates dates,
    boolean terminated) {

  public Service {
    triggers = List.copyOf(triggers);
  }

  /**
   * The state after one more event. Total and silent: an event is a fact.
   *
   * @param service null before the first event
   * @throws IllegalStateException if a log does not begin with the service's creation
   */
  public static Service evolve(@Nullable Service service, ServiceEvent event, Instant at) {
    if (event instanceof ServiceCreated(var id, var namespace, var definition, var stack)) {
      return new Service(
          id,
          namespace,
          0,
          stack,
          Definitions.first(definition),
          Fleet.EMPTY,
          Activity.NONE,
          List.of(),
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
      case RedeployRolledBack(_, var reason) -> with(activity.change(o -> o.rolledBack(reason)));
      case OperationQueued(_, var queued) -> with(activity.queued(queued));
      case QueuedOperationDropped(_, var id, _) -> with(activity.unqueued(id));
      case OperationEnded ended -> with(activity.ended(ended.success(), ended.reason(), at));
      case ContainerOperationBegun begun -> with(activity.begun(containerOperation(begun)));
      case ContainerOperationEnded(_, var id, _, _) -> with(activity.endedOfContainer(id));
      case ContainerPlaced placed -> placed(placed, at);
      case PlacementRefused refused -> refused(refused, at);
      case ContainerRequest request -> with(fleet.after(request));
      case ContainerCreated(_, var id, var engineId, var image) ->
          with(fleet.change(id, container -> container.created(engineId, image)));
      case ContainerStarted one -> started(one, at);
      case ContainerConditionChanged changed -> changed(changed);
      case ContainerExited exited -> exited(exited, at);
      case ContainerFailed failed ->
          with(fleet.after(failed))
              .with(Problems.ofFailure(failed.container(), failed.reason(), this, at));
      case ContainerGone gone -> with(fleet.after(gone));
      case VolumesErased(_, var id, _) -> with(fleet.erased(id));
      case FleetResized(_, var size) -> with(fleet.resized(size));
      case TriggerCreated(_, var trigger) -> withTrigger(trigger);
      case TriggerDeleted(_, var id) -> withoutTrigger(id);
      case ServiceTerminated _ -> ended();
    };
  }

  private Service begun(OperationBegun begun, Instant at) {
    var sized =
        switch (begun.kind()) {
          case START, SCALE, REDEPLOY ->
              fleet.withSize(definitions.size(fleet.size())).owingNothing();
          case STOP, TERMINATE -> fleet.owingNothing();
        };
    return with(activity.begun(Operation.begun(begun, at, this)))
        .with(sized)
        .with(dates.begun(begun.kind(), at));
  }

  private ContainerOperation containerOperation(ContainerOperationBegun begun) {
    return new ContainerOperation(
        begun.operation(),
        begun.kind(),
        begun.container(),
        fleet.find(begun.container()).map(Container::slot).orElse(0),
        begun.deadline(),
        begun.reuseVolumes(),
        null);
  }

  private Service placed(ContainerPlaced placed, Instant at) {
    return with(fleet.with(Container.placed(placed, at)))
        .with(
            activity
                .change(operation -> operation.withoutProblem(placed.slot()))
                .changeOfContainer(
                    one -> one.slot() == placed.slot(), one -> one.on(placed.container())))
        .with(dates.deployed(at));
  }

  private Service refused(PlacementRefused refused, Instant at) {
    return with(fleet.owing(refused.slot())).with(Problems.of(refused, this, at));
  }

  private Service changed(ContainerConditionChanged changed) {
    return with(fleet.change(changed.container(), one -> one.in(changed.condition())));
  }

  private Service exited(ContainerExited exited, Instant at) {
    boolean known = exited.exitCode() != null || exited.error() != null;
    var ended =
        new Ended(at, exited.exitCode(), exited.oomKilled(), exited.error(), exited.finishedAt());
    return with(fleet.change(exited.container(), one -> one.exited(known ? ended : null, at)))
        .with(Problems.ofEnd(exited.container(), ended, Boolean.TRUE.equals(exited.early()), this));
  }

  private Service started(ContainerStarted started, Instant at) {
    var after = with(fleet.change(started.container(), one -> one.started(started, at)));
    return after.with(Problems.ofRestart(started, this, after, at));
  }

  private Service withTrigger(Trigger trigger) {
    var more = new ArrayList<>(triggers);
    more.add(trigger);
    return with(more);
  }

  private Service withoutTrigger(TriggerId id) {
    return with(triggers.stream().filter(trigger -> !trigger.id().equals(id)).toList());
  }

  private Service ended() {
    return new Service(
        id, namespace, version, stack, definitions, fleet, activity, triggers, dates, true);
  }

  private Service atVersion(long version) {
    return new Service(
        id, namespace, version, stack, definitions, fleet, activity, triggers, dates, terminated);
  }

  private Service with(Definitions definitions) {
    return new Service(
        id, namespace, version, stack, definitions, fleet, activity, triggers, dates, terminated);
  }

  private Service with(Fleet fleet) {
    return new Service(
        id, namespace, version, stack, definitions, fleet, activity, triggers, dates, terminated);
  }

  private Service with(Activity activity) {
    return new Service(
        id, namespace, version, stack, definitions, fleet, activity, triggers, dates, terminated);
  }

  private Service with(List<Trigger> triggers) {
    return new Service(
        id, namespace, version, stack, definitions, fleet, activity, triggers, dates, terminated);
  }

  private Service with(ServiceDates dates) {
    return new Service(
        id, namespace, version, stack, definitions, fleet, activity, triggers, dates, terminated);
  }

  /** The operation on the service as a whole, null if none is under way. */
  public @Nullable Operation operation() {
    return activity.operation();
  }

  /** One of the ten states of the API page. */
  public ServiceLifecycle lifecycle() {
    if (terminated) {
      return ServiceLifecycle.TERMINATED;
    }
    var operation = activity.operation();
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
