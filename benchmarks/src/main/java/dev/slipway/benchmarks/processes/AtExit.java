package dev.slipway.benchmarks.processes;

import java.util.concurrent.atomic.AtomicBoolean;

/** Stops something once: when it is asked to, or when this process ends, however that comes. */
final class AtExit implements AutoCloseable {

  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Runnable stop;

  AtExit(Runnable stop) {
    this.stop = stop;
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop"));
  }

  @Override
  public void close() {
    if (!stopped.getAndSet(true)) {
      stop.run();
    }
  }
}
