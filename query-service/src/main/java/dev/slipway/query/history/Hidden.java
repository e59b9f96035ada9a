package dev.slipway.query.history;

import dev.slipway.model.Secret;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.container.ImageFacts;
import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.QueuedOperation;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ContainerCreated;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.OperationBegun;
import dev.slipway.model.service.ServiceEvent.OperationQueued;
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import dev.slipway.model.service.ServiceEvent.ServiceUpdated;
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
      case OperationBegun begun ->
          new OperationBegun(
              begun.serviceId(),
              begun.operation(),
              begun.kind(),
              begun.deadline(),
              begun.reuseVolumes(),
              in(begun.variables()));
      case OperationQueued(var id, var queued) -> new OperationQueued(id, in(queued));
      case ContainerPlaced placed ->
          new ContainerPlaced(
              placed.serviceId(),
              placed.container(),
              placed.slot(),
              placed.generation(),
              placed.revision(),
              placed.node(),
              placed.claims(),
              in(placed.variables()));
      case ContainerCreated(var id, var container, var engineId, var image) ->
          new ContainerCreated(
              id,
              container,
              engineId,
              image == null ? null : new ImageFacts(in(image.environment()), image.exposed()));
      default -> event;
    };
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
