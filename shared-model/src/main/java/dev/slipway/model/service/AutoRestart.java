package dev.slipway.model.service;

/** When the Engine starts a container again that has ended by itself. */
public enum AutoRestart {
  OFF,
  ON_FAILURE,
  ALWAYS
}
