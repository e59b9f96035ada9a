package dev.slipway.standalone.limits;

/** Ends the process with a reason on console and log. */
public interface ProcessEnd {

  /** After everything has been stopped. */
  void inOrder(String reason);

  /** Without waiting for anything. */
  void atOnce(String reason);
}
