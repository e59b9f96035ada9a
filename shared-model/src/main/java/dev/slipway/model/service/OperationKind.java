package dev.slipway.model.service;

import java.util.Locale;

/** What an operation does to a service as a whole. */
public enum OperationKind {
  START,
  STOP,
  SCALE,
  REDEPLOY,
  TERMINATE;

  /** As users read it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
