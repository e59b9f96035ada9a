package dev.slipway.command.messaging;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * A thread that does one piece of work for as long as the process lives. What fails is tried again
 * after a pause; a failure is logged once, and so is that it is over.
 */
public final class Worker implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

  /** One piece of work: returns when there is more to do at once, throws when it failed. */
  @FunctionalInterface
  public interface Work {
    void run(Worker worker) throws Exception;
  }

  private final String name;
  private final Work work;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean running;
  private @Nullable Thread thread;

  public Worker(String name, Work work) {
    this.name = name;
    this.work = work;
  }

  /** Work that is done again and again, with a pause between. */
  public static Worker every(Duration pause, String name, Runnable work) {
    return new Worker(
        name,
        worker -> {
          work.run();
          worker.pause(pause);
        });
  }

  @Override
  public void start() {
    running = true;
    thread = Thread.ofPlatform().name(name).daemon().start(this::loop);
  }

  private void loop() {
    boolean failing = false;
    var pause = Duration.ofMillis(100);
    while (running) {
      try {
        work.run(this);
        if (failing) {
          LOG.info("{} works again", name);
          failing = false;
          pause = Duration.ofMillis(100);
        }
      } catch (Exception | LinkageError failure) {
        if (running && !failing) {
          LOG.warn("{} fails and tries again", name, failure);
          failing = true;
        }
        pause(pause);
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                ? pause.multipliedBy(2)
                : LONGEST_PAUSE;
      }
    }
  }

  /** Waits, but not when the process stops. */
  public void pause(Duration duration) {
    try {
      boolean _ = stopped.await(duration.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      running = false;
    }
  }

  /** Asks it to stop and waits for that beside all others that are asked. */
  @Override
  public void stop(Runnable callback) {
    ask();
    Thread.startVirtualThread(
        () -> {
          stop();
          callback.run();
        });
  }

  private void ask() {
    running = false;
    stopped.countDown();
  }

  @Override
  public void stop() {
    ask();
    if (thread != null) {
      try {
        boolean _ = thread.join(LONGEST_STOP);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
