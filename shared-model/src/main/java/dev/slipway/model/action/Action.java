package dev.slipway.model.action;

import dev.slipway.model.action.ActionEvent.ActionBegun;
import dev.slipway.model.action.ActionEvent.ActionEnded;
import dev.slipway.model.action.ActionEvent.ActionTaken;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request to change something, and what has become of it: the fold of its events.
 *
 * @param version the sequence number of the last event in it
 * @param position where it stands among all events, by its first one
 * @param ended null while it goes on
 * @param reason why it failed, null if it did not
 */
public record Action(
    ActionId id,
    long version,
    long position,
    ActionRequest request,
    ActionState state,
    Instant started,
    @Nullable Instant ended,
    @Nullable String reason) {

  /** What is known of an event beside its content. */
  public record Moment(long sequence, long position, Instant at) {}

  /** Pure and safe to repeat: an event already in it changes nothing. */
  public static @Nullable Action evolve(@Nullable Action view, ActionEvent event, Moment moment) {
    if (view != null && moment.sequence <= view.version) {
      return view;
    }
    return switch (event) {
      case ActionTaken(var id, var request, var state, var reason) ->
          new Action(
              id,
              moment.sequence,
              moment.position,
              request,
              state,
              moment.at,
              state.isOver() ? moment.at : null,
              reason);
      case ActionBegun _ -> view == null ? null : view.begun(moment);
      case ActionEnded(_, var state, var reason) ->
          view == null ? null : view.ended(state, reason, moment);
    };
  }

  private Action begun(Moment moment) {
    return new Action(
        id, moment.sequence, position, request, ActionState.IN_PROGRESS, started, null, null);
  }

  private Action ended(ActionState state, @Nullable String reason, Moment moment) {
    return new Action(id, moment.sequence, position, request, state, started, moment.at, reason);
  }
}
