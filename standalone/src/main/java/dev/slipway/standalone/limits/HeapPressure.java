package dev.slipway.standalone.limits;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Judges a heap by its old generation after a collection, and by the share of time that collections
 * take: a heap can be full without an OutOfMemoryError, and the process then answers nothing.
 */
final class HeapPressure {

  private static final Duration WINDOW = Duration.ofSeconds(30);
  private static final double NEARLY_FULL = 0.85;
  private static final double SPINNING = 0.8;
  private static final long MB = 1024L * 1024L;

  /** The total time of all collections at one moment. */
  private record Sample(Duration at, Duration collecting) {}

  private final Deque<Sample> samples = new ArrayDeque<>();
  private final long maxBytes;

  /**
   * @param maxBytes how large the old generation may become
   */
  HeapPressure(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  double share(long usedAfterCollection) {
    return (double) usedAfterCollection / maxBytes;
  }

  /** Why the process may stall soon; null if the heap has room. */
  @Nullable String problem(long usedAfterCollection) {
    double share = share(usedAfterCollection);
    return share < NEARLY_FULL
        ? null
        : "the heap is nearly full: %.0f %% of the %d MB for long-lived objects are in use after a collection; start again with a larger SLIPWAY_HEAP"
            .formatted(100 * share, maxBytes / MB);
  }

  /**
   * Whether nearly all time of the last seconds went into collections of a heap that stays full.
   *
   * @param at since some fixed moment
   * @param collecting the total of all collections so far
   */
  boolean isSpinning(Duration at, Duration collecting, long usedAfterCollection) {
    samples.addLast(new Sample(at, collecting));
    while (samples.size() > 2 && at.minus(samples.getFirst().at()).compareTo(WINDOW) > 0) {
      samples.removeFirst();
    }
    var first = samples.getFirst();
    var time = at.minus(first.at());
    return time.compareTo(WINDOW.dividedBy(2)) >= 0
        && collecting.minus(first.collecting()).toMillis() >= SPINNING * time.toMillis()
        && share(usedAfterCollection) >= NEARLY_FULL;
  }
}
