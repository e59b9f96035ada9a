package dev.slipway.query.history;

import dev.slipway.model.Secret;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent;
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
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import dev.slipway.model.service.ServiceEvent.ServiceTerminated;
import dev.slipway.model.service.ServiceEvent.ServiceUpdated;
import dev.slipway.model.service.ServiceEvent.TriggerCreated;
import dev.slipway.model.service.ServiceEvent.TriggerDeleted;
import dev.slipway.model.wire.Envelope;
import dev.slipway.model.wire.EventTypes;
import dev.slipway.model.wire.MetadataKeys;
import dev.slipway.model.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.bson.Document;

/** One event of a service's past, as it may be shown: values of variables are stars. */
final class HistoryEntry {

  private static final Secret HIDDEN = new Secret("***");

  private HistoryEntry() {}

  static Document document(Envelope<Object> envelope, ServiceEvent event) {
    var metadata = envelope.metadata();
    return new Document("_id", id(envelope.subject(), envelope.sequence()))
        .append("service", envelope.subject())
        .append("sequence", envelope.sequence())
        .append("position", envelope.position())
        .append("at", envelope.at().toEpochMilli())
        .append("type", event.getClass().getSimpleName())
        .append("user", metadata.get(MetadataKeys.USER))
        .append("ip", metadata.get(MetadataKeys.IP))
        .append("reason", metadata.get(MetadataKeys.REASON))
        .append("action", metadata.get(MetadataKeys.ACTION))
        .append("payload", new String(Wire.write(shown(event)), StandardCharsets.UTF_8));
  }

  static History.Past past(Document document) {
    var type = EventTypes.named(document.getString("type"));
    return new History.Past(
        document.getLong("sequence"),
        Instant.ofEpochMilli(document.getLong("at")),
        (ServiceEvent) Wire.MAPPER.readValue(document.getString("payload"), type));
  }

  /** Padded, so that the order of ids is that of events. */
  static String id(String service, long sequence) {
    return "%s|%012d".formatted(service, sequence);
  }

  private static ServiceEvent shown(ServiceEvent event) {
    return switch (event) {
      case ServiceCreated(var id, var namespace, var definition, var stack) ->
          new ServiceCreated(id, namespace, shown(definition), stack);
      case ServiceUpdated(var id, var changes) -> new ServiceUpdated(id, shown(changes));
      case OperationBegun begun -> begun.withVariables(shown(begun.variables()));
      case OperationQueued(var id, var queued) ->
          new OperationQueued(id, queued.withVariables(shown(queued.variables())));
      case ContainerPlaced placed -> placed.withVariables(shown(placed.variables()));
      case PlacementRefused _, ContainerCreated _, ContainerStarted _ -> event;
      case ContainerExited _, ContainerFailed _, ContainerRemoved _ -> event;
      case ContainerWithdrawn _, ContainerLost _, FleetResized _ -> event;
      case ContainerStartRequested _, ContainerStopRequested _ -> event;
      case ContainerRemovalRequested _, ServiceTerminated _ -> event;
      case OperationEnded _, QueuedOperationDropped _ -> event;
      case ContainerOperationBegun _, ContainerOperationEnded _ -> event;
      case TriggerCreated _, TriggerDeleted _ -> event;
    };
  }

  private static ServiceDefinition shown(ServiceDefinition definition) {
    if (!definition.sets(Attributes.CONTAINER_ENVVARS)) {
      return definition;
    }
    return definition.with(
        Attributes.CONTAINER_ENVVARS, shown(definition.get(Attributes.CONTAINER_ENVVARS)));
  }

  private static List<EnvironmentVariable> shown(List<EnvironmentVariable> variables) {
    return variables.stream()
        .map(variable -> new EnvironmentVariable(variable.key(), HIDDEN))
        .toList();
  }
}
