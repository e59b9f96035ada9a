package dev.slipway.standalone;

import dev.slipway.standalone.audit.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Prints how far an audit has come, every few seconds, so that a long one is seen to go on. */
final class ProgressLines implements Progress {

  private static final Duration BETWEEN_LINES = Duration.ofSeconds(3);

  private final PrintWriter out;
  private long last = System.nanoTime();

  ProgressLines(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void at(String what, long done, long total) {
    if (System.nanoTime() - last > BETWEEN_LINES.toNanos()) {
      last = System.nanoTime();
      out.println(String.format(Locale.ROOT, "  %s: %,d of %,d", what, done, total));
      out.flush();
    }
  }
}
