package dev.slipway.standalone;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Supplier;

/** What the person at the terminal sees; all else goes to the log file. */
record Console(PrintStream out) {

  void line(String text) {
    out.println(text);
    out.flush();
  }

  void problem(String text) {
    line("slipway: " + text);
  }

  /** Does something that takes its time, and says how long it took. */
  <T> T timed(String what, Supplier<T> work) {
    long begin = System.nanoTime();
    var result = work.get();
    var took = Duration.ofNanos(System.nanoTime() - begin);
    line("  %-36s %4.1f s".formatted(what, took.toMillis() / 1000.0));
    return result;
  }
}
