package dev.slipway.benchmarks.processes;

/** Waiting between two looks. */
public final class Pause {

  private Pause() {}

  public static void millis(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Until somebody notifies, or so long at most. Who calls holds the monitor. */
  public static void on(Object monitor, long millis) {
    try {
      monitor.wait(millis);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
