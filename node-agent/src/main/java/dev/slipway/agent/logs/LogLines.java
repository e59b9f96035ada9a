package dev.slipway.agent.logs;

import dev.slipway.model.container.LogLine;

/** Where lines go, in the order in which they are sent. */
public interface LogLines {

  /**
   * Never throws; may wait for a while for room.
   *
   * @param receipt is told once what became of the line, by any thread
   */
  void send(LogLine line, Receipt receipt);

  /** What became of a line. It must not block. */
  @FunctionalInterface
  interface Receipt {

    /**
     * @param arrived false if it never will, unless it is sent again
     */
    void told(boolean arrived);
  }
}
