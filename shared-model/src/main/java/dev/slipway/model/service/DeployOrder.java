package dev.slipway.model.service;

/** In which order a redeploy replaces a container, with the API's words. */
public enum DeployOrder {
  /** The old one is gone before the new one is made. */
  STOP_FIRST("stop_first"),
  /** The new one runs before the old one goes. */
  START_FIRST("start_first");

  private final String text;

  DeployOrder(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
