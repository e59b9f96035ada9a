package dev.slipway.query.stream;

import java.io.IOException;

/** A reader is let go of, for a reason that it is told. */
public final class ReaderTooSlow extends IOException {

  public ReaderTooSlow(String reason) {
    super(reason);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
