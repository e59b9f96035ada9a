package dev.slipway.runtime;

/** A part of the process whose state is a part of the process's health. */
public interface HealthContribution {

  /** The key under which the health shows it, such as {@code publisher}. */
  String name();

  HealthState health();
}
