package dev.slipway.query.logs;

import dev.slipway.model.container.LogLine;
import dev.slipway.model.container.LogLines;

/**
 * A line and where it stood in the topic: lines of one partition arrive in the order of these
 * numbers.
 *
 * @param arrival see {@link Arrival}
 */
record KeptLine(LogLine line, int partition, long arrival) {

  private static final int OVERHEAD = 200;

  /** About how much memory it takes. */
  int size() {
    return line.text().length() + OVERHEAD;
  }

  /** Nanoseconds since 1970. */
  long time() {
    return LogLines.nanos(line.time());
  }
}
