package dev.slipway.model.service;

/** When a container that has ended is removed. */
public enum AutoDestroy {
  OFF,
  ON_SUCCESS,
  ALWAYS
}
