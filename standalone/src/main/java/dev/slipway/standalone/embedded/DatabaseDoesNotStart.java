package dev.slipway.standalone.embedded;

/** The embedded PostgreSQL does not start; the message ends with the last lines of its log. */
final class DatabaseDoesNotStart extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  DatabaseDoesNotStart(String lastLines, Throwable cause) {
    super("PostgreSQL does not start: " + lastLines, cause);
  }
}
