package dev.slipway.command.publishing;

import dev.slipway.model.container.ContainerId;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.AttributesSet;
import dev.slipway.model.service.ServiceEvent.ContainerConditionChanged;
import dev.slipway.model.service.ServiceEvent.ContainerCreated;
import dev.slipway.model.service.ServiceEvent.ContainerExited;
import dev.slipway.model.service.ServiceEvent.ContainerGone;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.ContainerRequest;
import dev.slipway.model.service.ServiceEvent.ContainerStarted;
import dev.slipway.model.service.ServiceEvent.FleetResized;
import dev.slipway.model.service.ServiceEvent.OperationEvent;
import dev.slipway.model.service.ServiceEvent.PlacementRefused;
import dev.slipway.model.service.ServiceEvent.ServiceTerminated;
import dev.slipway.model.service.ServiceEvent.TriggerCreated;
import dev.slipway.model.service.ServiceEvent.TriggerDeleted;
import dev.slipway.model.service.ServiceEvent.VolumesErased;
import org.jspecify.annotations.Nullable;

/** The container whose assignment an event changes. */
final class ChangedContainer {

  private ChangedContainer() {}

  /** Returns null if the event changes no assignment. */
  static @Nullable ContainerId of(ServiceEvent event) {
    return switch (event) {
      case ContainerPlaced placed -> placed.container();
      case ContainerRequest request -> request.container();
      case ContainerGone gone -> gone.container();
      case ContainerExited exited -> exited.container();
      case ContainerStarted started ->
          Boolean.TRUE.equals(started.byHand()) ? started.container() : null;
      case VolumesErased(_, var id, _) -> id;
      case AttributesSet _, OperationEvent _, TriggerCreated _, TriggerDeleted _ -> null;
      case PlacementRefused _, ContainerCreated _, ContainerConditionChanged _ -> null;
      case FleetResized _, ServiceTerminated _ -> null;
    };
  }
}
