package dev.slipway.agent;

import dev.slipway.agent.engine.EngineUnavailable;
import dev.slipway.model.wire.TopicMissing;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Work in a thread of its own, for as long as the process lives; what fails is tried again. */
final class Background implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Background.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration TOPICS_ARE_CREATED_WITHIN = Duration.ofSeconds(30);

  /** Works until it has to pause, or fails. */
  @FunctionalInterface
  interface Work {
    void run(Background background) throws Exception;
  }

  private final String name;
  private final Work work;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean running;
  private @Nullable Thread thread;

  Background(String name, Work work) {
    this.name = name;
    this.work = work;
  }

  static Background every(Duration pause, String name, Runnable work) {
    return new Background(
        name,
        background -> {
          work.run();
          background.pause(pause);
        });
  }

  @Override
  public void start() {
    running = true;
    thread = Thread.ofPlatform().name(name).daemon().start(this::loop);
  }

  private void loop() {
    var pause = FIRST_PAUSE;
    var failures = new Failures();
    while (running) {
      try {
        work.run(this);
        failures.end();
        pause = FIRST_PAUSE;
      } catch (Exception failure) {
        failures.add(failure);
        pause(pause);
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                ? pause.multipliedBy(2)
                : LONGEST_PAUSE;
      }
    }
  }

  /** Logs a series of failures once. */
  private final class Failures {

    private @Nullable Long since;
    private boolean logged;

    void add(Exception failure) {
      long now = System.nanoTime();
      var begin = since == null ? now : since;
      since = begin;
      LOG.debug("{}", name, failure);
      if (running && !logged && isWorthALine(failure, now - begin)) {
        LOG.warn("{} fails and will retry: {}", name, failure.toString());
        logged = true;
      }
    }

    /** EngineHealth logs why an Engine is away; topics are created during a first start. */
    private boolean isWorthALine(Exception failure, long lastedNanos) {
      return switch (failure) {
        case EngineUnavailable _ -> false;
        case TopicMissing _ -> lastedNanos > TOPICS_ARE_CREATED_WITHIN.toNanos();
        default -> true;
      };
    }

    void end() {
      if (logged) {
        LOG.info("{} works again", name);
      }
      logged = false;
      since = null;
    }
  }

  /** Waits, but not when the process stops. */
  void pause(Duration duration) {
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
        boolean _ = thread.join(Duration.ofSeconds(5));
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
