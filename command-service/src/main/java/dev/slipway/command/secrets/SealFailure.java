package dev.slipway.command.secrets;

/** A secret cannot be sealed or opened. The message names the cause and no secret. */
public final class SealFailure extends RuntimeException {

  SealFailure(String message) {
    super(message);
  }

  SealFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
