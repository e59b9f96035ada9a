package dev.slipway.standalone.audit;

/**
 * A promise that is not kept.
 *
 * @param promise its number
 * @param subject what it is of, such as the uuid of a service
 */
public record Violation(Promise promise, String subject, String what) {

  @Override
  public String toString() {
    return "%s %s: %s".formatted(promise, subject, what);
  }
}
