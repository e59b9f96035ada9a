package dev.slipway.command.account;

/** A wish about accounts that cannot be met. The reason becomes the status of the answer. */
final class AccountRejected extends RuntimeException {

  /** Why a wish cannot be met. */
  enum Reason {
    NOT_FOUND,
    INVALID_STATE
  }

  private final Reason reason;

  AccountRejected(Reason reason, String because) {
    super(because);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
