package dev.slipway.runtime;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that repeats one piece of work until the process stops. After a failure it retries with
 * backoff. An {@code Error} other than a {@link LinkageError} is a death: the health of the process
 * shows it, the work begins again, and after {@link #MAX_DEATHS} in a row the process exits.
 */
public final class BackgroundTask {

  /** Deaths in a row, without a success between, before the process exits. */
  public static final int MAX_DEATHS = 5;

  private static final Logger LOG = LoggerFactory.getLogger(BackgroundTask.class);
  private static final Duration INTERRUPT_AFTER = Duration.ofMillis(1_500);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(8);
  private static final Duration BACKOFF_AFTER_DEATH = Duration.ofSeconds(1);

  /** One piece of work: returns when there is more to do at once, throws when it failed. */
  @FunctionalInterface
  public interface Work {
    void run(BackgroundTask task) throws Exception;
  }

  private final String name;
  private final Work work;
  private final ProcessExit exit;
  private final TaskStatus status;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Backoff backoff = new Backoff();
  private final RepeatedFailures failures = new RepeatedFailures();
  private volatile boolean running;
  private volatile @Nullable Thread thread;
  private volatile Runnable wakeUp = () -> {};

  public BackgroundTask(String name, Work work) {
    this(name, work, ProcessExit.HALT);
  }

  BackgroundTask(String name, Work work, ProcessExit exit) {
    this.name = name;
    this.work = work;
    this.exit = exit;
    this.status = new TaskStatus(name);
  }

  /** A task that repeats work with a pause between. */
  public static BackgroundTask every(Duration pause, String name, Runnable work) {
    return new BackgroundTask(
        name,
        task -> {
          work.run();
          task.pause(pause);
        });
  }

  public String name() {
    return name;
  }

  public TaskStatus status() {
    return status;
  }

  public void start() {
    running = true;
    thread =
        Thread.ofPlatform()
            .name(name)
            .daemon()
            .uncaughtExceptionHandler((_, failure) -> exit.exit(message("ended", failure)))
            .start(this::loop);
  }

  private void loop() {
    while (running) {
      try {
        work.run(this);
        succeeded();
      } catch (Exception | LinkageError failure) {
        failed(failure);
      } catch (Error death) {
        died(death);
      }
    }
    status.stopped();
  }

  private void succeeded() {
    if (status.isFailing()) {
      LOG.info("{} works again", name);
    }
    progress();
  }

  /** Records that the work proceeds. Work that seldom returns calls it from time to time. */
  public void progress() {
    status.progressed();
    backoff.reset();
    failures.reset();
  }

  private void failed(Throwable failure) {
    if (!running) {
      return;
    }
    status.failed(failure);
    var pause = backoff.next();
    if (DatabaseOutage.isCauseOf(failure)) {
      DatabaseOutage.OF_THIS_PROCESS.log(name, TaskStatus.describe(failure));
    } else if (!isExpected(failure) && failures.isWorthALine(failure)) {
      LOG.warn("{} failed; retrying in {} ms", name, pause.toMillis(), failure);
    }
    pause(pause);
  }

  private boolean isExpected(Throwable failure) {
    return switch (failure) {
      case LoggedElsewhere _ -> true;
      case TemporaryFailure temporary -> !status.isFailingFor(temporary.expectedFor());
      default -> false;
    };
  }

  private void died(Error death) {
    int deaths = status.died(death);
    if (deaths >= MAX_DEATHS) {
      exit.exit(message("died %d times in a row".formatted(deaths), death));
    }
    LOG.error("{} died ({} of {}); restarting it", name, deaths, MAX_DEATHS, death);
    pause(BACKOFF_AFTER_DEATH.multipliedBy(deaths));
  }

  private String message(String what, Throwable failure) {
    return "the task %s %s: %s; the process exits".formatted(name, what, failure);
  }

  /** Waits, but not while the process stops. */
  public void pause(Duration duration) {
    try {
      boolean _ = stopping.await(duration.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      running = false;
    }
  }

  /** Sets what ends a wait of the work when the task is to stop. */
  public void onStop(Runnable wakeUp) {
    this.wakeUp = wakeUp;
  }

  /** Asks the task to stop, without waiting for it. */
  public void requestStop() {
    running = false;
    stopping.countDown();
    wakeUp.run();
  }

  /** Stops the task, beside others that are stopped. */
  public void stop(Runnable callback) {
    requestStop();
    Thread.startVirtualThread(
        () -> {
          stop();
          callback.run();
        });
  }

  /** Stops the task and waits for its end. Work that does not end by itself is interrupted. */
  public void stop() {
    requestStop();
    var last = thread;
    if (last != null) {
      try {
        if (!last.join(INTERRUPT_AFTER)) {
          last.interrupt(); // a client of a server that is away would wait for up to a minute
          if (!last.join(STOP_TIMEOUT)) {
            LOG.warn("{} does not stop", name);
          }
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  public boolean isRunning() {
    return running;
  }
}
