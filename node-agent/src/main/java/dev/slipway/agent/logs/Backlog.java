package dev.slipway.agent.logs;

import java.time.Duration;
import java.time.Instant;

/** How far a reader is behind a container that writes. */
final class Backlog {

  /** Characters that a follower reads faster than a container fills a file of its log. */
  private static final long LITTLE = 1_000_000;

  private static final long MUCH = 4_000_000;

  /** A follower that is this late, and has read much without catching up, is behind. */
  private static final Duration LAG = Duration.ofMillis(500);

  private long late;
  private Instant time = Instant.MAX;

  /**
   * @param characters of the line that were not read before
   */
  void line(Instant time, int characters) {
    this.time = time;
    late += characters;
  }

  /** Whether much was read since the last line that was not late; to be asked now and then. */
  boolean isMuch(Instant now) {
    if (!time.isBefore(now.minus(LAG))) {
      late = 0;
    }
    return late > MUCH;
  }

  boolean isLittle() {
    return late <= LITTLE;
  }
}
