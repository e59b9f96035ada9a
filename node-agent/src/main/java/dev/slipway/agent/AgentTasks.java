package dev.slipway.agent;

import dev.slipway.runtime.BackgroundTasks;
import org.springframework.context.SmartLifecycle;

/** Starts and stops the agent's background tasks with its process. */
record AgentTasks(BackgroundTasks tasks) implements SmartLifecycle {

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
