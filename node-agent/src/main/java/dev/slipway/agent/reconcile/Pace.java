package dev.slipway.agent.reconcile;

import dev.slipway.agent.engine.EngineUnavailable;
import java.time.Duration;

/**
 * How fast an agent works.
 *
 * @param parallel containers that are made or started at a time
 * @param farewell how long what is followed by another still serves once it is to go, so that
 *     nobody is sent to it any more when it ends
 * @param monitor how long a new container must run before it counts as running
 */
public record Pace(int parallel, Duration farewell, Duration monitor) {

  /** A container counts as running as soon as it was started. */
  public Pace(int parallel, Duration farewell) {
    this(parallel, farewell, Duration.ZERO);
  }

  /** Lets what is to go serve for a while yet. */
  void sayFarewell() {
    try {
      Thread.sleep(farewell);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new EngineUnavailable(interrupted);
    }
  }
}
