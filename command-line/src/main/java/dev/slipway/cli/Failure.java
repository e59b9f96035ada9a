package dev.slipway.cli;

import java.util.List;

/** The end of a command that did not succeed: an exit code, a message, and what to do next. */
public final class Failure extends RuntimeException {

  public static final int FAILED = 1;
  public static final int USAGE = 2;
  public static final int NOT_FOUND = 3;
  public static final int FORBIDDEN = 4;
  public static final int CONFLICT = 5;
  public static final int UNREACHABLE = 6;
  public static final int TIMED_OUT = 7;
  public static final int HAS_CHANGES = 8;

  private static final long serialVersionUID = 1L;

  private final int code;
  private final transient List<String> hints;

  public Failure(int code, String message, String... hints) {
    super(message);
    this.code = code;
    this.hints = List.of(hints);
  }

  public static Failure usage(String message, String... hints) {
    return new Failure(USAGE, message, hints);
  }

  public int code() {
    return code;
  }

  public List<String> hints() {
    return hints;
  }

  public String text() {
    var message = getMessage();
    return message == null ? "failed" : message;
  }
}
