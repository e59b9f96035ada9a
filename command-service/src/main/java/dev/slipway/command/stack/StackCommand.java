package dev.slipway.command.stack;

import dev.slipway.model.action.ActionId;
import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceCommand.Asked;
import dev.slipway.model.stack.DefinedService;
import dev.slipway.model.stack.StackId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
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
      List<DefinedService> services)
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
      List<DefinedService> services,
      boolean prune,
      Instant deadline)
      implements UserCommand {

    /** One that leaves services alone that it does not name. */
    UpdateStack(
        StackId stackId, Asked asked, @Nullable String nickname, List<DefinedService> services) {
      this(stackId, asked, nickname, services, false, Instant.MAX);
    }

    /** The services that the stack has afterwards: those that are named, and those that stay. */
    List<DefinedService> result(List<Service> present) {
      var result = new ArrayList<>(services);
      if (!prune) {
        var named = services.stream().map(DefinedService::service).collect(Collectors.toSet());
        present.stream()
            .filter(one -> !named.contains(one.id()))
            .map(one -> DefinedService.unnamed(one.id(), one.definitions().current()))
            .forEach(result::add);
      }
      return result;
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
}
