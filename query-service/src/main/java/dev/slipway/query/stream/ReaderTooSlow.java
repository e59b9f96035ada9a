package dev.slipway.query.stream;

import java.io.IOException;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/** A reader is let go of, for a reason that it is told. */
public final class ReaderTooSlow extends IOException {

  public ReaderTooSlow(String reason) {
    super(reason);
  }

  /** What ended a stream, if that is one: a reader that lets a frame wait for too long is too. */
  static @Nullable ReaderTooSlow of(Exception end) {
    return switch (end) {
      case ReaderTooSlow slow -> slow;
      case IOException _ when isTimeout(end) -> new ReaderTooSlow("the client does not read");
      default -> null;
    };
  }

  private static boolean isTimeout(Exception end) {
    return end instanceof SocketTimeoutException
        || end.getCause() instanceof SocketTimeoutException;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
