package dev.slipway.query.projection;

import java.time.Duration;

/**
 * How much of a topic is worth reading where nothing of it is in the views.
 *
 * @param age what is older is left out
 * @param records so many of all partitions together, or a few more
 */
public record Newest(Duration age, long records) {

  static final Newest ALL = new Newest(Duration.ZERO, Long.MAX_VALUE);

  boolean isAll() {
    return equals(ALL);
  }
}
