package dev.slipway.model.action;

/** How far an action has come, with the API's words for it. */
public enum ActionState {
  PENDING("Pending"),
  IN_PROGRESS("In progress"),
  CANCELING("Canceling"),
  CANCELED("Canceled"),
  SUCCESS("Success"),
  FAILED("Failed");

  private final String text;

  ActionState(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  /** Whether nothing more will become of it. */
  public boolean isOver() {
    return switch (this) {
      case PENDING, IN_PROGRESS, CANCELING -> false;
      case CANCELED, SUCCESS, FAILED -> true;
    };
  }
}
