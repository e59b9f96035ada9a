package dev.slipway.command.node;

import dev.slipway.model.Namespace;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.AgentState.Unowned;
import dev.slipway.model.node.NodeFacts;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceCommand.Asked;
import dev.slipway.model.service.ServiceId;
import java.time.Instant;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What may be asked of a node. */
sealed interface NodeCommand {

  NodeId nodeId();

  /** What a user asks; it may be refused, and either way it leaves an action. */
  sealed interface UserNodeCommand extends NodeCommand {
    Asked asked();
  }

  /** A heartbeat that says something new: of a new node, of new facts, or after a silence. */
  record HearNode(@TargetAggregateIdentifier NodeId nodeId, Namespace namespace, NodeFacts facts)
      implements NodeCommand {}

  /** No heartbeat came for longer than allowed. */
  record LoseNode(@TargetAggregateIdentifier NodeId nodeId) implements NodeCommand {}

  /**
   * The drain goes on, and this keeps the node from becoming empty.
   *
   * @param reason null if nothing does
   */
  record HoldUpDrain(
      @TargetAggregateIdentifier NodeId nodeId, ActionId action, @Nullable String reason)
      implements NodeCommand {}

  /** The drain is over: the node is empty, or its deadline has passed. */
  record EndDrain(
      @TargetAggregateIdentifier NodeId nodeId, ActionId action, @Nullable String failure)
      implements NodeCommand {}

  /**
   * Names or tags it.
   *
   * @param nickname null if it stays as it is, empty if it is to have none
   * @param tags null if they stay as they are
   */
  record UpdateNode(
      @TargetAggregateIdentifier NodeId nodeId,
      Asked asked,
      @Nullable String nickname,
      @Nullable List<String> tags)
      implements UserNodeCommand {

    public UpdateNode {
      tags = tags == null ? null : List.copyOf(tags);
    }
  }

  /**
   * Takes it out for good.
   *
   * @param containers that are on it, as users find them
   * @param force whether they are given up with it
   */
  record TerminateNode(
      @TargetAggregateIdentifier NodeId nodeId, Asked asked, List<String> containers, boolean force)
      implements UserNodeCommand {

    public TerminateNode {
      containers = List.copyOf(containers);
    }
  }

  /** Makes it empty by the deadline, and keeps it so. */
  record DrainNode(@TargetAggregateIdentifier NodeId nodeId, Asked asked, Instant deadline)
      implements UserNodeCommand {}

  /** Lets containers be placed on it again. */
  record UndrainNode(@TargetAggregateIdentifier NodeId nodeId, Asked asked)
      implements UserNodeCommand {}

  /**
   * Removes a container that no record accounts for.
   *
   * @param reported as the agent reports it, null if it does not report it as unowned
   * @param owner the service that has it after all, null if none has
   */
  record RemoveUnowned(
      @TargetAggregateIdentifier NodeId nodeId,
      Asked asked,
      ContainerId container,
      @Nullable Unowned reported,
      @Nullable ServiceId owner)
      implements UserNodeCommand {}

  /** Asks whether it answers. */
  record CheckNode(@TargetAggregateIdentifier NodeId nodeId, Asked asked)
      implements UserNodeCommand {}

  /** Asks for a newer Engine, which Slipway cannot give: the host is not its own. */
  record UpgradeEngine(@TargetAggregateIdentifier NodeId nodeId, Asked asked)
      implements UserNodeCommand {}
}
