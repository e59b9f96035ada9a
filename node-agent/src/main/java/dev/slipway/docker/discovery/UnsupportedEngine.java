package dev.slipway.docker.discovery;

/** The user named an Engine that Slipway cannot connect to; the message says what to do instead. */
public final class UnsupportedEngine extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnsupportedEngine(String message) {
    super(message);
  }
}
