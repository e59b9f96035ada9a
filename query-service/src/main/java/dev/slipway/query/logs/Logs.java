package dev.slipway.query.logs;

import dev.slipway.query.projection.Projections;

/** What a stream of lines reads from. */
record Logs(LogStore store, LogProgress progress, Followers followers, Projections projections) {

  /** Whether lines may be stored that this process never sees. */
  boolean areShared() {
    return projections.areShared();
  }

  /** Up to where all lines are stored. */
  Arrived arrived() {
    return progress.arrived(areShared());
  }
}
