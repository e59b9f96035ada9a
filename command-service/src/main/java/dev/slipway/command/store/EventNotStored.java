package dev.slipway.command.store;

import java.util.Locale;

/** An event could not be read back or published; nothing was stored. */
public final class EventNotStored extends RuntimeException {

  private final String rule;

  private EventNotStored(String event, String rule) {
    super(event + " " + rule);
    this.rule = rule;
  }

  static EventNotStored tooLarge(String event, int bytes, int limit) {
    return new EventNotStored(
        event,
        String.format(
            Locale.ROOT,
            "is too large: its event %s would have %,d bytes; at most %,d are stored",
            event,
            bytes,
            limit));
  }

  static EventNotStored changed(String event) {
    return new EventNotStored(
        event, "must hold no text that JSON cannot hold, such as half of a surrogate pair");
  }

  /** The rule that the request breaks, for the client. */
  public String rule() {
    return rule;
  }
}
