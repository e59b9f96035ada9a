package dev.slipway.runtime;

import java.util.List;
import java.util.concurrent.CountDownLatch;

/** All background tasks of a process: started together, and stopped beside each other. */
public final class BackgroundTasks {

  private final List<BackgroundTask> tasks;
  private volatile boolean running;

  public BackgroundTasks(List<BackgroundTask> tasks, HealthRegistry health) {
    this.tasks = List.copyOf(tasks);
    tasks.forEach(task -> health.register(task.status()));
  }

  public void start() {
    running = true;
    tasks.forEach(BackgroundTask::start);
  }

  public void stop() {
    running = false;
    var left = new CountDownLatch(tasks.size());
    tasks.forEach(task -> task.stop(left::countDown));
    try {
      left.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  public boolean isRunning() {
    return running;
  }
}
