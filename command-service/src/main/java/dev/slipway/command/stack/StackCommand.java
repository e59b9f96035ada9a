package dev.slipway.command.stack;

import dev.slipway.model.action.ActionId;
import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.ServiceCommand.Asked;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.stack.StackId;
import java.time.Instant;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What may be asked of a stack. */
sealed interface StackCommand {

  StackId stackId();

  /** What a user asks; it may be refused, and either way it leaves an action. */
  sealed interface UserCommand extends StackCommand {
    Asked asked();
  }

  record CreateStack(
      @TargetAggregateIdentifier StackId stackId,
      Asked asked,
      String name,
      @Nullable String nickname,
      List<Planned> services)
      implements UserCommand {}

  /**
   * Brings services to their definitions and makes those that are missing.
   *
   * @param nickname null if it stays
   * @param prune whether services that are not named are terminated, or else left alone
   * @param deadline of terminating them
   */
  record UpdateStack(
      @TargetAggregateIdentifier StackId stackId,
      Asked asked,
      @Nullable String nickname,
      List<Planned> services,
      boolean prune,
      Instant deadline)
      implements UserCommand {

    /** One that leaves services alone that it does not name. */
    UpdateStack(StackId stackId, Asked asked, @Nullable String nickname, List<Planned> services) {
      this(stackId, asked, nickname, services, false, Instant.MAX);
    }
  }

  record OperateStack(
      @TargetAggregateIdentifier StackId stackId,
      Asked asked,
      OperationKind kind,
      Instant deadline,
      boolean reuseVolumes)
      implements UserCommand {}

  /** All services have ended what they were asked for, or had the time to. */
  record EndStackOperation(
      @TargetAggregateIdentifier StackId stackId,
      ActionId operation,
      boolean success,
      @Nullable String reason)
      implements StackCommand {}

  /** A service as it is to be, under the uuid that it has or will have. */
  record Planned(ServiceId service, ServiceDefinition definition) {}
}
