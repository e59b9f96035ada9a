package dev.slipway.model.service;

/** What becomes of a service's containers when their node stays silent, with the API's words. */
public enum OnNodeLoss {
  /** They are waited for. */
  KEEP("keep"),
  /** Others take their place on other nodes. */
  RESCHEDULE("reschedule");

  private final String text;

  OnNodeLoss(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
