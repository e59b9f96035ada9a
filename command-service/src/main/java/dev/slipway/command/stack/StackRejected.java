package dev.slipway.command.stack;

/** A wish about a stack that cannot be met. The reason becomes the status of the answer. */
final class StackRejected extends RuntimeException {

  /** Why a wish cannot be met. */
  enum Reason {
    NOT_FOUND,
    MOVED,
    INVALID_STATE,
    INVALID_CHANGE
  }

  private final Reason reason;

  StackRejected(Reason reason, String because) {
    super(because);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
