package dev.slipway.model.action;

import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** What has become of a request to change something, of a refused one too. */
public sealed interface ActionEvent {

  ActionId actionId();

  /**
   * The request was taken or refused.
   *
   * @param state In progress if there is work to do, else how it ended
   * @param reason why it failed, null if it did not
   */
  @Revision("1")
  record ActionTaken(
      ActionId actionId, ActionRequest request, ActionState state, @Nullable String reason)
      implements ActionEvent {}

  /** What waited is now worked on. */
  @Revision("1")
  record ActionBegun(ActionId actionId) implements ActionEvent {}

  /** The work is over. */
  @Revision("1")
  record ActionEnded(ActionId actionId, ActionState state, @Nullable String reason)
      implements ActionEvent {}
}
