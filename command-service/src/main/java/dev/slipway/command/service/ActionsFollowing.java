package dev.slipway.command.service;

import dev.slipway.model.action.ActionEvent;
import dev.slipway.model.action.ActionEvent.ActionBegun;
import dev.slipway.model.action.ActionEvent.ActionEnded;
import dev.slipway.model.action.ActionEvent.ActionTaken;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.action.ActionState;
import dev.slipway.model.service.ServiceCommand;
import dev.slipway.model.service.ServiceCommand.Asked;
import dev.slipway.model.service.ServiceCommand.UserCommand;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ContainerOperationBegun;
import dev.slipway.model.service.ServiceEvent.ContainerOperationEnded;
import dev.slipway.model.service.ServiceEvent.OperationBegun;
import dev.slipway.model.service.ServiceEvent.OperationEnded;
import dev.slipway.model.service.ServiceEvent.OperationEvent;
import dev.slipway.model.service.ServiceEvent.OperationQueued;
import dev.slipway.model.service.ServiceEvent.QueuedOperationDropped;
import dev.slipway.model.service.ServiceEvent.RedeployRolledBack;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What becomes of actions when something happens to their service. */
final class ActionsFollowing {

  private ActionsFollowing() {}

  /** The action of what was asked: over at once, unless work began or waits under its name. */
  static ActionTaken taken(Asked asked, List<ServiceEvent> decided) {
    var state =
        decided.stream()
            .flatMap(event -> state(event, asked.action()).stream())
            .findFirst()
            .orElse(ActionState.SUCCESS);
    return new ActionTaken(asked.action(), asked.request(), state, null);
  }

  private static Optional<ActionState> state(ServiceEvent event, ActionId action) {
    if (!(event instanceof OperationEvent operation)) {
      return Optional.empty();
    }
    return switch (operation) {
      case OperationBegun begun -> stateOf(begun.operation(), action, ActionState.IN_PROGRESS);
      case ContainerOperationBegun begun ->
          stateOf(begun.operation(), action, ActionState.IN_PROGRESS);
      case OperationQueued(_, var queued) -> stateOf(queued.id(), action, ActionState.PENDING);
      case OperationEnded _, ContainerOperationEnded _ -> Optional.empty();
      case RedeployRolledBack _, QueuedOperationDropped _ -> Optional.empty();
    };
  }

  private static Optional<ActionState> stateOf(ActionId id, ActionId action, ActionState state) {
    return id.equals(action) ? Optional.of(state) : Optional.empty();
  }

  /** What the event means for an action that was taken before, or with it. */
  static Optional<ActionEvent> from(ServiceEvent event, ServiceCommand command) {
    if (!(event instanceof OperationEvent operation)) {
      return Optional.empty();
    }
    return switch (operation) {
      case OperationBegun(_, var id, _, _, _, _) ->
          isOf(command, id) ? Optional.empty() : Optional.of(new ActionBegun(id));
      case OperationEnded(_, var id, var success, var reason) -> ended(id, success, reason);
      case ContainerOperationEnded(_, var id, var success, var reason) ->
          ended(id, success, reason);
      case QueuedOperationDropped(_, var id, var reason) ->
          Optional.of(new ActionEnded(id, ActionState.CANCELED, reason));
      case ContainerOperationBegun _, OperationQueued _, RedeployRolledBack _ -> Optional.empty();
    };
  }

  private static boolean isOf(ServiceCommand command, ActionId id) {
    return command instanceof UserCommand asked && asked.asked().action().equals(id);
  }

  private static Optional<ActionEvent> ended(ActionId id, boolean success, @Nullable String why) {
    var state = success ? ActionState.SUCCESS : ActionState.FAILED;
    return Optional.of(new ActionEnded(id, state, why));
  }
}
