package dev.slipway.query.logs;

import dev.slipway.query.container.Containers;
import dev.slipway.query.projection.Projections;
import java.time.Duration;

/**
 * What a stream of lines reads from.
 *
 * @param longestSend how long a client may let a frame wait before it is dropped
 */
record Logs(
    LogStore store,
    Followers followers,
    Containers containers,
    Projections projections,
    Duration longestSend) {

  /** Whether lines may be stored that this process never sees. */
  boolean areShared() {
    return projections.areShared();
  }
}
