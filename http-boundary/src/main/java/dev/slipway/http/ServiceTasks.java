package dev.slipway.http;

import dev.slipway.runtime.BackgroundTasks;
import org.springframework.context.SmartLifecycle;

/** Starts and stops the background tasks of a service with its process. */
record ServiceTasks(BackgroundTasks tasks) implements SmartLifecycle {

  @Override
  public void start() {
    tasks.start();
  }

  @Override
  public void stop() {
    tasks.stop();
  }

  @Override
  public boolean isRunning() {
    return tasks.isRunning();
  }
}
