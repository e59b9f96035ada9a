package dev.slipway.agent.logs;

import dev.slipway.agent.logs.LogPosition.Reached;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Tells the lines of one stream that were taken before from those that are new. An Engine gives
 * lines again when it is asked for them, and some when it begins another file of the log; they have
 * the times that they had, and a stream is in the order of time. Only a host whose clock was set
 * back writes new lines that are older than one before: that one is then still to come by the
 * clock.
 */
final class Repeats {

  private final InstantSource clock;
  private Reached reached;

  /** How many lines of the time that is reached have come since lines come again. */
  private long again;

  /**
   * @param reached what was taken before
   */
  Repeats(Reached reached, InstantSource clock) {
    this.reached = reached;
    this.clock = clock;
  }

  /** Whether the next line, which was written at that time, was taken before. */
  boolean include(Instant time) {
    int order = time.compareTo(reached.time());
    if (order < 0 && !reached.time().isAfter(clock.instant())) {
      again = 0;
      return true;
    }
    again = order == 0 ? again + 1 : 1;
    if (order == 0 && again <= reached.linesAtTime()) {
      return true;
    }
    reached = reached.after(time);
    return false;
  }
}
