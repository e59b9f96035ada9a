package dev.slipway.benchmarks.logs;

import dev.slipway.benchmarks.processes.Pause;
import java.util.concurrent.TimeUnit;

/** Somebody who follows a container's lines and counts them. */
public abstract class FollowedLog implements AutoCloseable {

  private static final long LONGEST_NS = TimeUnit.MINUTES.toNanos(2);

  private final Object changed = new Object();
  private long lines;
  private String last = "";
  private long lastCame;
  private String ended = "";

  protected final void came(String line) {
    long now = System.nanoTime();
    synchronized (changed) {
      lines++;
      last = line;
      lastCame = now;
      changed.notifyAll();
    }
  }

  /** No more will come: whoever waits for a line is told so. */
  protected final void ended(String why) {
    synchronized (changed) {
      ended = why;
      changed.notifyAll();
    }
  }

  /** How many have come until now. */
  public final long lines() {
    synchronized (changed) {
      return lines;
    }
  }

  /** Until that line is the last that came; when it came, by {@link System#nanoTime()}. */
  public final long await(String line) {
    if (!cameWithin(line, LONGEST_NS)) {
      throw new IllegalStateException(
          "the line %s does not come; %,d came".formatted(line, lines()));
    }
    synchronized (changed) {
      return lastCame;
    }
  }

  /** Whether that line is the last that came, before so much time is over. */
  final boolean cameWithin(String line, long ns) {
    long end = System.nanoTime() + ns;
    synchronized (changed) {
      while (!last.equals(line)) {
        if (!ended.isEmpty()) {
          throw new IllegalStateException("the log has ended: " + ended);
        }
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          return false;
        }
        Pause.on(changed, left);
      }
      return true;
    }
  }

  @Override
  public abstract void close();
}
