package dev.slipway.model.service;

import dev.slipway.model.Namespace;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.container.ContainerCondition;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.ImageFacts;
import dev.slipway.model.container.PublishedPort;
import dev.slipway.model.container.Restart;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.stack.StackRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** An event of a service; its metadata say when, by whom and why. Add fields, change none. */
public sealed interface ServiceEvent {

  ServiceId serviceId();

  /** Attributes were set. */
  sealed interface AttributesSet extends ServiceEvent {}

  /** An operation, on the service or on one container, begins, waits, turns back or ends. */
  sealed interface OperationEvent extends ServiceEvent {}

  /** A node must change the state of a container. */
  sealed interface ContainerRequest extends ServiceEvent {
    ContainerId container();
  }

  /** A node has reported on a container, which stays; or on the volumes of one that is gone. */
  sealed interface ContainerObserved extends ServiceEvent {}

  /** A container has left its node, which frees its place, its ports and its login. */
  sealed interface ContainerGone extends ServiceEvent {
    ContainerId container();
  }

  /** {@code stack}: the one that it is in for ever, null if in none. */
  @Revision("1")
  record ServiceCreated(
      ServiceId serviceId,
      Namespace namespace,
      ServiceDefinition definition,
      @Nullable StackRef stack)
      implements AttributesSet {}

  /** The definition has a new revision: {@code changes} is set anew, the rest stays. */
  @Revision("1")
  record ServiceUpdated(ServiceId serviceId, ServiceDefinition changes) implements AttributesSet {}

  /** Until its end no other may begin; {@code variables} are for containers that it deploys. */
  @Revision("1")
  record OperationBegun(
      ServiceId serviceId,
      ActionId operation,
      OperationKind kind,
      Instant deadline,
      boolean reuseVolumes,
      List<EnvironmentVariable> variables)
      implements OperationEvent {

    public OperationBegun {
      variables = List.copyOf(variables);
    }
  }

  /** A new container failed: the redeploy goes back to the definition that was good before it. */
  @Revision("1")
  record RedeployRolledBack(ServiceId serviceId, String reason) implements OperationEvent {}

  /** A trigger's call waits; recorded again when a later call joins and may change it. */
  @Revision("1")
  record OperationQueued(ServiceId serviceId, QueuedOperation queued) implements OperationEvent {}

  /** What waited will not be done. */
  @Revision("1")
  record QueuedOperationDropped(ServiceId serviceId, ActionId operation, String reason)
      implements OperationEvent {}

  /** One container alone is worked on from here. */
  @Revision("1")
  record ContainerOperationBegun(
      ServiceId serviceId,
      ActionId operation,
      OperationKind kind,
      ContainerId container,
      Instant deadline,
      boolean reuseVolumes)
      implements OperationEvent {}

  /** The work on the one container has ended; {@code reason}: why it failed, null if not. */
  @Revision("1")
  record ContainerOperationEnded(
      ServiceId serviceId, ActionId operation, boolean success, @Nullable String reason)
      implements OperationEvent {}

  @Revision("1")
  record TriggerCreated(ServiceId serviceId, Trigger trigger) implements ServiceEvent {}

  @Revision("1")
  record TriggerDeleted(ServiceId serviceId, TriggerId trigger) implements ServiceEvent {}

  /**
   * A node was chosen for a new container. {@code claims}: its fixed ports, until it is gone;
   * {@code data}: the generation that began with empty volumes, null if they are the slot's first;
   * {@code adopted}: whether it was on the node already, unowned, null if not.
   */
  @Revision("1")
  record ContainerPlaced(
      ServiceId serviceId,
      ContainerId container,
      int slot,
      int generation,
      int revision,
      NodeId node,
      List<PublishedPort> claims,
      List<EnvironmentVariable> variables,
      @Nullable Integer data,
      @Nullable Boolean adopted)
      implements ServiceEvent {

    public ContainerPlaced {
      claims = List.copyOf(claims);
      variables = List.copyOf(variables);
    }

    public ContainerPlaced withVariables(List<EnvironmentVariable> others) {
      return new ContainerPlaced(
          serviceId, container, slot, generation, revision, node, claims, others, data, adopted);
    }
  }

  /**
   * No node can take a container for this slot. {@code refusals}: why, of the first hundred nodes;
   * {@code waiting}: whether the operation waits for a node, or continues without.
   */
  @Revision("1")
  record PlacementRefused(
      ServiceId serviceId, int slot, String reason, Map<NodeId, String> refusals, boolean waiting)
      implements ServiceEvent {

    public PlacementRefused {
      refusals = Map.copyOf(refusals);
    }
  }

  @Revision("1")
  record ContainerStartRequested(ServiceId serviceId, ContainerId container)
      implements ContainerRequest {}

  @Revision("1")
  record ContainerStopRequested(ServiceId serviceId, ContainerId container)
      implements ContainerRequest {}

  @Revision("1")
  record ContainerRemovalRequested(ServiceId serviceId, ContainerId container)
      implements ContainerRequest {}

  /** Its node's Engine has made it; {@code image}: what that brings, null if not known. */
  @Revision("1")
  record ContainerCreated(
      ServiceId serviceId, ContainerId container, String engineId, @Nullable ImageFacts image)
      implements ContainerObserved {}

  /** It runs; {@code restart}: how it had ended, if news; {@code byHand}: started by hand. */
  @Revision("1")
  record ContainerStarted(
      ServiceId serviceId,
      ContainerId container,
      String engineId,
      @Nullable String ipAddress,
      List<PublishedPort> ports,
      @Nullable Restart restart,
      @Nullable ContainerCondition condition,
      @Nullable Boolean byHand)
      implements ContainerObserved {

    public ContainerStarted {
      ports = List.copyOf(ports);
    }
  }

  /** Its node reports something else of it, beyond whether it runs. */
  @Revision("1")
  record ContainerConditionChanged(
      ServiceId serviceId, ContainerId container, ContainerCondition condition)
      implements ContainerObserved {}

  /**
   * It has ended, by itself or because it was asked to. {@code early}: while its node still
   * monitored it, null if not. {@code finishedAt}: by its Engine's clock, null if not reported.
   */
  @Revision("1")
  record ContainerExited(
      ServiceId serviceId,
      ContainerId container,
      @Nullable Integer exitCode,
      boolean oomKilled,
      @Nullable String error,
      @Nullable Boolean early,
      @Nullable Instant finishedAt)
      implements ContainerObserved {}

  /** Its node's Engine could not make or start it, and nothing of it is left there. */
  @Revision("1")
  record ContainerFailed(ServiceId serviceId, ContainerId container, String reason)
      implements ContainerGone {}

  /** Nothing of it is left on its node; {@code erased}: nor of its volumes, null if not told. */
  @Revision("1")
  record ContainerRemoved(ServiceId serviceId, ContainerId container, @Nullable Boolean erased)
      implements ContainerGone {}

  /** It is to leave its node, drained or no longer one that it may be on; its volumes stay. */
  @Revision("1")
  record ContainerWithdrawn(ServiceId serviceId, ContainerId container)
      implements ContainerRequest {}

  /** It was abandoned with its node; {@code owed}: whether its slot is to have another. */
  @Revision("1")
  record ContainerLost(
      ServiceId serviceId, ContainerId container, int slot, String reason, boolean owed)
      implements ContainerGone {}

  /** A service with a container on every node is to have this many from now on. */
  @Revision("1")
  record FleetResized(ServiceId serviceId, int size) implements ServiceEvent {}

  /** The service is in a stable state again; {@code reason}: why it failed, null if not. */
  @Revision("1")
  record OperationEnded(
      ServiceId serviceId, ActionId operation, boolean success, @Nullable String reason)
      implements OperationEvent {}

  /** The service and all its containers are gone; what they left of volumes is to go. */
  @Revision("1")
  record ServiceTerminated(ServiceId serviceId) implements ServiceEvent {}

  /** What a container that is gone had left of volumes on its node is gone too. */
  @Revision("1")
  record VolumesErased(ServiceId serviceId, ContainerId container, NodeId node)
      implements ContainerObserved {}
}
