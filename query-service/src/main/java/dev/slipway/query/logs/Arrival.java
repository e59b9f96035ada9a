package dev.slipway.query.logs;

import dev.slipway.model.container.LogLines;

/**
 * Numbers the lines of a partition in the order in which they arrive: by the offset of their record
 * and their place in it. The last line of a record has the last number that it could have, so that
 * who has read it is where the next record begins.
 */
final class Arrival {

  private static final long PLACES = 1_024;

  static {
    if (LogLines.MOST > PLACES) {
      throw new AssertionError("a record has more lines than there are numbers for");
    }
  }

  private Arrival() {}

  /**
   * @param place in the record, from 0
   * @param count of the lines in the record
   */
  static long of(long offset, int place, int count) {
    return place == count - 1 ? before(offset + 1) : offset * PLACES + place;
  }

  /** The last one of before the record. */
  static long before(long offset) {
    return offset * PLACES - 1;
  }

  /** How many numbers a record has. */
  static long places() {
    return PLACES;
  }
}
