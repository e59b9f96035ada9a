package dev.slipway.model.service;

import dev.slipway.model.Namespace;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.action.ActionRequest;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.ContainerReport;
import dev.slipway.model.container.SlotGeneration;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.stack.StackRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * What may be asked of a service: by a user, by a node that reports on it, or by Slipway itself.
 */
public sealed interface ServiceCommand {

  ServiceId serviceId();

  /** What a user asks; it may be refused, and either way it leaves an action. */
  sealed interface UserCommand extends ServiceCommand {
    Asked asked();

    /** The namespace in which the user asks: what is of another one does not exist for it. */
    default Namespace namespace() {
      return asked().request().namespace();
    }
  }

  /** Asks for work on containers, which takes its time but not longer than the deadline. */
  sealed interface OperationCommand extends UserCommand {
    OperationKind kind();

    Instant deadline();

    /** Whether new containers take over the volumes of those that they replace. */
    default boolean reuseVolumes() {
      return false;
    }
  }

  /**
   * The action that the command leaves, and the request that it records.
   *
   * @param version that the service must be in, null if it may be in any
   */
  record Asked(ActionId action, ActionRequest request, @Nullable Long version) {

    public Asked(ActionId action, ActionRequest request) {
      this(action, request, null);
    }
  }

  /** {@code stack}: the one that it will be in for ever, null for none. */
  record CreateService(
      @TargetAggregateIdentifier ServiceId serviceId,
      Asked asked,
      ServiceDefinition definition,
      @Nullable StackRef stack)
      implements UserCommand {

    /** A service in no stack. */
    public CreateService(ServiceId serviceId, Asked asked, ServiceDefinition definition) {
      this(serviceId, asked, definition, null);
    }
  }

  record UpdateService(
      @TargetAggregateIdentifier ServiceId serviceId, Asked asked, ServiceDefinition changes)
      implements UserCommand {}

  record StartService(@TargetAggregateIdentifier ServiceId serviceId, Asked asked, Instant deadline)
      implements OperationCommand {
    @Override
    public OperationKind kind() {
      return OperationKind.START;
    }
  }

  record StopService(@TargetAggregateIdentifier ServiceId serviceId, Asked asked, Instant deadline)
      implements OperationCommand {
    @Override
    public OperationKind kind() {
      return OperationKind.STOP;
    }
  }

  /** Brings the number of containers to the definition's {@code target_num_containers}. */
  record ScaleService(@TargetAggregateIdentifier ServiceId serviceId, Asked asked, Instant deadline)
      implements OperationCommand {
    @Override
    public OperationKind kind() {
      return OperationKind.SCALE;
    }
  }

  record RedeployService(
      @TargetAggregateIdentifier ServiceId serviceId,
      Asked asked,
      Instant deadline,
      boolean reuseVolumes)
      implements OperationCommand {
    @Override
    public OperationKind kind() {
      return OperationKind.REDEPLOY;
    }
  }

  record TerminateService(
      @TargetAggregateIdentifier ServiceId serviceId, Asked asked, Instant deadline)
      implements OperationCommand {
    @Override
    public OperationKind kind() {
      return OperationKind.TERMINATE;
    }
  }

  /** Asks for work on one container, and leaves the others alone. */
  record OperateContainer(
      @TargetAggregateIdentifier ServiceId serviceId,
      Asked asked,
      OperationKind kind,
      ContainerId container,
      Instant deadline,
      boolean reuseVolumes)
      implements OperationCommand {}

  /**
   * Takes a container over that runs on the node and that no record accounts for.
   *
   * @param place by the container's labels
   */
  record AdoptContainer(
      @TargetAggregateIdentifier ServiceId serviceId,
      Asked asked,
      ContainerId container,
      SlotGeneration place,
      NodeId node)
      implements UserCommand {}

  record CreateTrigger(@TargetAggregateIdentifier ServiceId serviceId, Asked asked, Trigger trigger)
      implements UserCommand {}

  record DeleteTrigger(
      @TargetAggregateIdentifier ServiceId serviceId, Asked asked, TriggerId trigger)
      implements UserCommand {}

  /**
   * Somebody used a trigger's URL. What it is for is done as soon as no other work is under way.
   *
   * @param more how many containers to add, where the trigger is for that
   * @param variables to set in each container that is deployed
   * @param longest how long the work may take
   */
  record CallTrigger(
      @TargetAggregateIdentifier ServiceId serviceId,
      Asked asked,
      TriggerId trigger,
      int more,
      List<EnvironmentVariable> variables,
      Duration longest)
      implements UserCommand {

    public CallTrigger {
      variables = List.copyOf(variables);
    }
  }

  /** Gives up what an action began or waits for; what has been done so far stays. */
  record CancelOperation(
      @TargetAggregateIdentifier ServiceId serviceId, Asked asked, ActionId operation)
      implements UserCommand {}

  /** Facts from nodes, not wishes: they may be stale, so they are never refused. */
  record ReportContainers(
      @TargetAggregateIdentifier ServiceId serviceId, List<ContainerReport> reports)
      implements ServiceCommand {

    public ReportContainers {
      reports = List.copyOf(reports);
    }
  }

  /** The operation's deadline has passed. */
  record ExpireOperation(@TargetAggregateIdentifier ServiceId serviceId, ActionId operation)
      implements ServiceCommand {}

  /** Something of the nodes has changed, which no user asked the service about. */
  sealed interface OfNodes extends ServiceCommand {}

  /**
   * The node is gone, or silent for too long.
   *
   * @param always whether also a service that would rather wait for it gives it up
   */
  record GiveUpNode(
      @TargetAggregateIdentifier ServiceId serviceId, NodeId node, String reason, boolean always)
      implements OfNodes {}

  /** The node is to be empty: the next container moves away. */
  record LeaveNode(@TargetAggregateIdentifier ServiceId serviceId, NodeId node)
      implements OfNodes {}

  /** Other nodes are there, or other room on them: slots without a container may get one. */
  record FollowNodes(@TargetAggregateIdentifier ServiceId serviceId) implements OfNodes {}

  /** The nodes have changed: what waits for one may find one now. */
  record RetryPlacement(@TargetAggregateIdentifier ServiceId serviceId) implements ServiceCommand {}
}
