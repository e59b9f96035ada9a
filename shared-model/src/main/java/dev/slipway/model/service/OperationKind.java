package dev.slipway.model.service;

/** What an operation does to a service as a whole. */
public enum OperationKind {
  START,
  STOP,
  SCALE,
  REDEPLOY,
  TERMINATE
}
