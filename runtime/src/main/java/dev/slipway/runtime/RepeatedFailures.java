package dev.slipway.runtime;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Limits what is logged of a failure that repeats to one line a minute. */
final class RepeatedFailures {

  private static final long BETWEEN_LINES_NS = TimeUnit.MINUTES.toNanos(1);

  private @Nullable String last;
  private long lastLine;

  boolean isWorthALine(Throwable failure) {
    var kind = failure.toString();
    long now = System.nanoTime();
    if (kind.equals(last) && now - lastLine < BETWEEN_LINES_NS) {
      return false;
    }
    last = kind;
    lastLine = now;
    return true;
  }

  void reset() {
    last = null;
  }
}
