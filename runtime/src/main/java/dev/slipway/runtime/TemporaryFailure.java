package dev.slipway.runtime;

import java.time.Duration;

/** Marks a failure that is ordinary for a while: it is logged only if it lasts longer. */
public interface TemporaryFailure {

  /** How long tasks may fail with it before that is worth a line. */
  Duration expectedFor();
}
