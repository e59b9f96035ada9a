package dev.slipway.model.api;

import dev.slipway.model.Secret;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.container.ImageFacts;
import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ContainerConditionChanged;
import dev.slipway.model.service.ServiceEvent.ContainerCreated;
import dev.slipway.model.service.ServiceEvent.ContainerExited;
import dev.slipway.model.service.ServiceEvent.ContainerFailed;
import dev.slipway.model.service.ServiceEvent.ContainerLost;
import dev.slipway.model.service.ServiceEvent.ContainerOperationBegun;
import dev.slipway.model.service.ServiceEvent.ContainerOperationEnded;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.ContainerRemovalRequested;
import dev.slipway.model.service.ServiceEvent.ContainerRemoved;
import dev.slipway.model.service.ServiceEvent.ContainerStartRequested;
import dev.slipway.model.service.ServiceEvent.ContainerStarted;
import dev.slipway.model.service.ServiceEvent.ContainerStopRequested;
import dev.slipway.model.service.ServiceEvent.ContainerWithdrawn;
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
import dev.slipway.model.stack.DefinedService;
import dev.slipway.model.stack.StackEvent;
import dev.slipway.model.stack.StackEvent.StackCreated;
import dev.slipway.model.stack.StackEvent.StackDefined;
import dev.slipway.model.stack.StackEvent.StackOperationBegun;
import dev.slipway.model.stack.StackEvent.StackOperationEnded;
import dev.slipway.model.stack.StackEvent.StackRenamed;
import dev.slipway.model.stack.StackEvent.StackTerminated;
import java.util.List;

/** An event as it may be shown: values of variables are stars. */
public final class VisibleEvent {

  private static final Secret HIDDEN = new Secret("***");

  private VisibleEvent() {}

  /** The event without what must not be seen. */
  public static ServiceEvent of(ServiceEvent event) {
    return switch (event) {
      case ServiceCreated(var id, var namespace, var definition, var stack) ->
          new ServiceCreated(id, namespace, shown(definition), stack);
      case ServiceUpdated(var id, var changes) -> new ServiceUpdated(id, shown(changes));
      case OperationBegun begun -> shown(begun);
      case OperationQueued(var id, var queued) ->
          new OperationQueued(id, queued.withVariables(shown(queued.variables())));
      case ContainerPlaced placed -> placed.withVariables(shown(placed.variables()));
      case ContainerCreated created -> shown(created);
      case PlacementRefused _, ContainerStarted _ -> event;
      case ContainerConditionChanged _ -> event;
      case ContainerExited _, ContainerFailed _, ContainerRemoved _ -> event;
      case ContainerWithdrawn _, ContainerLost _, FleetResized _ -> event;
      case ContainerStartRequested _, ContainerStopRequested _ -> event;
      case ContainerRemovalRequested _, ServiceTerminated _, VolumesErased _ -> event;
      case OperationEnded _, QueuedOperationDropped _, RedeployRolledBack _ -> event;
      case ContainerOperationBegun _, ContainerOperationEnded _ -> event;
      case TriggerCreated _, TriggerDeleted _ -> event;
    };
  }

  /** The event without what must not be seen. */
  public static StackEvent of(StackEvent event) {
    return switch (event) {
      case StackDefined(var id, var services) ->
          new StackDefined(
              id,
              services.stream()
                  .map(one -> new DefinedService(one.service(), shown(one.definition())))
                  .toList());
      case StackCreated _, StackRenamed _, StackTerminated _ -> event;
      case StackOperationBegun _, StackOperationEnded _ -> event;
    };
  }

  private static ServiceDefinition shown(ServiceDefinition definition) {
    if (!definition.sets(Attributes.CONTAINER_ENVVARS)) {
      return definition;
    }
    return definition.with(
        Attributes.CONTAINER_ENVVARS, shown(definition.get(Attributes.CONTAINER_ENVVARS)));
  }

  private static OperationBegun shown(OperationBegun begun) {
    return new OperationBegun(
        begun.serviceId(),
        begun.operation(),
        begun.kind(),
        begun.deadline(),
        begun.reuseVolumes(),
        shown(begun.variables()));
  }

  private static ContainerCreated shown(ContainerCreated created) {
    var image = created.image();
    return image == null
        ? created
        : new ContainerCreated(
            created.serviceId(),
            created.container(),
            created.engineId(),
            new ImageFacts(shown(image.environment()), image.exposed()));
  }

  /** The same variables, without their values. */
  public static List<EnvironmentVariable> shown(List<EnvironmentVariable> variables) {
    return variables.stream()
        .map(variable -> new EnvironmentVariable(variable.key(), HIDDEN))
        .toList();
  }
}
