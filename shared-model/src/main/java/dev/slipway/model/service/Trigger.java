package dev.slipway.model.service;

/** A URL that does one thing to its service, for whoever knows it. */
public record Trigger(TriggerId id, String name, Effect effect) {

  /** What a call does, in the API's words. */
  public enum Effect {
    REDEPLOY,
    SCALEUP
  }
}
