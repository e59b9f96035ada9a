package dev.slipway.query.history;

import dev.slipway.model.Secret;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.container.ImageFacts;
import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.QueuedOperation;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ContainerCreated;
import dev.slipway.model.service.ServiceEvent.ContainerExited;
import dev.slipway.model.service.ServiceEvent.ContainerFailed;
import dev.slipway.model.service.ServiceEvent.ContainerOperationBegun;
import dev.slipway.model.service.ServiceEvent.ContainerOperationEnded;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.ContainerRemovalRequested;
import dev.slipway.model.service.ServiceEvent.ContainerRemoved;
import dev.slipway.model.service.ServiceEvent.ContainerStartRequested;
import dev.slipway.model.service.ServiceEvent.ContainerStarted;
import dev.slipway.model.service.ServiceEvent.ContainerStopRequested;
import dev.slipway.model.service.ServiceEvent.OperationBegun;
import dev.slipway.model.service.ServiceEvent.OperationEnded;
import dev.slipway.model.service.ServiceEvent.OperationQueued;
import dev.slipway.model.service.ServiceEvent.PlacementRefused;
import dev.slipway.model.service.ServiceEvent.QueuedOperationDropped;
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import dev.slipway.model.service.ServiceEvent.ServiceTerminated;
import dev.slipway.model.service.ServiceEvent.ServiceUpdated;
import dev.slipway.model.service.ServiceEvent.TriggerCreated;
import dev.slipway.model.service.ServiceEvent.TriggerDeleted;
import java.util.List;

/** Events as they may be shown: values of variables are stars. */
final class Hidden {

  private static final Secret STARS = new Secret("***");

  private Hidden() {}

  static ServiceEvent in(ServiceEvent event) {
    return switch (event) {
      case ServiceCreated(var id, var namespace, var definition, var stack) ->
          new ServiceCreated(id, namespace, in(definition), stack);
      case ServiceUpdated(var id, var changes) -> new ServiceUpdated(id, in(changes));
      case OperationBegun begun -> in(begun);
      case OperationQueued(var id, var queued) -> new OperationQueued(id, in(queued));
      case ContainerPlaced placed -> in(placed);
      case ContainerCreated created -> in(created);
      case PlacementRefused _,
          ContainerStartRequested _,
          ContainerStopRequested _,
          ContainerRemovalRequested _,
          ContainerStarted _,
          ContainerExited _,
          ContainerFailed _,
          ContainerRemoved _,
          OperationEnded _,
          QueuedOperationDropped _,
          ContainerOperationBegun _,
          ContainerOperationEnded _,
          TriggerCreated _,
          TriggerDeleted _,
          ServiceTerminated _ ->
          event;
    };
  }

  private static OperationBegun in(OperationBegun begun) {
    return new OperationBegun(
        begun.serviceId(),
        begun.operation(),
        begun.kind(),
        begun.deadline(),
        begun.reuseVolumes(),
        in(begun.variables()));
  }

  private static ContainerPlaced in(ContainerPlaced placed) {
    return new ContainerPlaced(
        placed.serviceId(),
        placed.container(),
        placed.slot(),
        placed.generation(),
        placed.revision(),
        placed.node(),
        placed.claims(),
        in(placed.variables()));
  }

  private static ContainerCreated in(ContainerCreated created) {
    var image = created.image();
    return new ContainerCreated(
        created.serviceId(),
        created.container(),
        created.engineId(),
        image == null ? null : new ImageFacts(in(image.environment()), image.exposed()));
  }

  private static QueuedOperation in(QueuedOperation queued) {
    return new QueuedOperation(
        queued.id(), queued.kind(), queued.deadline(), queued.more(), in(queued.variables()));
  }

  private static ServiceDefinition in(ServiceDefinition definition) {
    return definition.sets(Attributes.CONTAINER_ENVVARS)
        ? definition.with(
            Attributes.CONTAINER_ENVVARS, in(definition.get(Attributes.CONTAINER_ENVVARS)))
        : definition;
  }

  static List<EnvironmentVariable> in(List<EnvironmentVariable> variables) {
    return variables.stream().map(v -> new EnvironmentVariable(v.key(), STARS)).toList();
  }
}
