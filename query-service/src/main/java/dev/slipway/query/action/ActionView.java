package dev.slipway.query.action;

import dev.slipway.model.action.ActionEvent;
import dev.slipway.model.action.ActionEvent.ActionBegun;
import dev.slipway.model.action.ActionEvent.ActionEnded;
import dev.slipway.model.action.ActionEvent.ActionTaken;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.action.ActionRequest;
import dev.slipway.model.action.ActionState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An action as it is read.
 *
 * @param version the sequence number of the last event in it
 * @param position where it stands among all events, by its first one
 * @param ended null while it goes on
 * @param reason why it failed, null if it did not
 */
record ActionView(
    ActionId id,
    long version,
    long position,
    ActionRequest request,
    ActionState state,
    Instant started,
    @Nullable Instant ended,
    @Nullable String reason) {

  /** What is known of an event beside its content. */
  record Moment(long sequence, long position, Instant at) {}

  /** Pure and safe to repeat: an event already in the view changes nothing. */
  static @Nullable ActionView evolve(@Nullable ActionView view, ActionEvent event, Moment moment) {
    if (view != null && moment.sequence <= view.version) {
      return view;
    }
    return switch (event) {
      case ActionTaken(var id, var request, var state, var reason) ->
          new ActionView(
              id,
              moment.sequence,
              moment.position,
              request,
              state,
              moment.at,
              isOver(state) ? moment.at : null,
              reason);
      case ActionBegun _ -> view == null ? null : view.begun(moment);
      case ActionEnded(_, var state, var reason) ->
          view == null ? null : view.ended(state, reason, moment);
    };
  }

  private ActionView begun(Moment moment) {
    return new ActionView(
        id, moment.sequence, position, request, ActionState.IN_PROGRESS, started, null, null);
  }

  private ActionView ended(ActionState state, @Nullable String reason, Moment moment) {
    return new ActionView(
        id, moment.sequence, position, request, state, started, moment.at, reason);
  }

  private static boolean isOver(ActionState state) {
    return switch (state) {
      case PENDING, IN_PROGRESS, CANCELING -> false;
      case CANCELED, SUCCESS, FAILED -> true;
    };
  }

  boolean isOver() {
    return isOver(state);
  }

  /** What Slipway does by itself has no request behind it. */
  boolean isOfUser() {
    return !request.method().isEmpty();
  }

  boolean canBeCanceled() {
    return state == ActionState.PENDING || state == ActionState.IN_PROGRESS;
  }

  /** Only a request can be made once more. */
  boolean canBeRetried() {
    return isOver() && isOfUser();
  }
}
