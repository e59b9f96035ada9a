package dev.slipway.agent.logs;

import dev.slipway.model.container.LogLines;

/** Where lines go, in the order in which they are sent. */
public interface LogDestination {

  /**
   * Never throws; may wait for a while for room.
   *
   * @param receipt is told once what became of the lines, by any thread
   */
  void send(LogLines lines, Receipt receipt);

  /** What became of lines that were sent together. It must not block. */
  @FunctionalInterface
  interface Receipt {

    /**
     * @param arrived false if they never will, unless they are sent again
     */
    void told(boolean arrived);
  }
}
