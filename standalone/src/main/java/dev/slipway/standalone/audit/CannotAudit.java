package dev.slipway.standalone.audit;

/** Something that is to be looked at does not answer. */
public final class CannotAudit extends RuntimeException {

  public CannotAudit(String message) {
    super(message);
  }
}
