package dev.slipway.model.api;

import java.time.Duration;
import java.util.List;

/** What the command side asks of the query side, so that a client can read its own writes. */
public interface ReadModel {

  /**
   * Waits until the views show all of these.
   *
   * @return false if the time ran out, or the query side could not be asked
   */
  boolean awaitApplied(List<Applied> wanted, Duration atMost);

  /**
   * A thing at a version.
   *
   * @param version the sequence number of the last event that the view must show
   */
  record Applied(View view, String id, long version) {}

  /** The views that can be waited for. */
  enum View {
    SERVICE,
    STACK,
    ACTION,
    NODE
  }
}
