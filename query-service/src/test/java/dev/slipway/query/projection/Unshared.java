package dev.slipway.query.projection;

import java.util.List;

/** Projections of a process that reads everything itself. */
public final class Unshared {

  public Projections get() {
    return new Projections(List.of(), false);
  }
}
