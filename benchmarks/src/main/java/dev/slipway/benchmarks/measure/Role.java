package dev.slipway.benchmarks.measure;

/** What a figure is of. */
public enum Role {
  /** What this project makes. */
  SLIPWAY,
  /** Another program that does the same. */
  PEER,
  /** The part that nobody can do without: nothing is faster than it. */
  LIMIT
}
