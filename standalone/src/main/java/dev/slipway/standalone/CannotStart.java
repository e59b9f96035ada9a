package dev.slipway.standalone;

/** What stands in the way of a start, in words that say what to do. */
final class CannotStart extends RuntimeException {

  CannotStart(String message) {
    super(message);
  }
}
