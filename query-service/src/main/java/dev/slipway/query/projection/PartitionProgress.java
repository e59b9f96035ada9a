package dev.slipway.query.projection;

/**
 * How far a partition has to be read until the views count as built.
 *
 * @param start where reading began
 * @param end where the log ended at that time
 * @param again whether it is read from its beginning because events were missing
 */
record PartitionProgress(long start, long end, boolean again) {

  boolean isDone(long position) {
    return position >= end;
  }

  long done(long position) {
    return Math.min(position, end) - start;
  }

  long left(long position) {
    return Math.max(0, end - position);
  }

  long whole() {
    return Math.max(0, end - start);
  }
}
