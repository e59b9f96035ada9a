package dev.slipway.agent.engine;

/** When the registry is asked for an image. */
public enum PullPolicy {
  /** At each deploy; where that fails, an image that is there is used. */
  ALWAYS,
  /** Only if the Engine does not have it. */
  MISSING,
  /** Not at all. */
  NEVER
}
