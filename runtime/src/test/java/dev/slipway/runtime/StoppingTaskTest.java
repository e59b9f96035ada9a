package dev.slipway.runtime;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StoppingTaskTest {

  @Test
  void isAskedToStopBesideOthersAndTellsWhenItsWorkHasEnded() throws InterruptedException {
    var begun = new CountDownLatch(1);
    var free = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    var task =
        new BackgroundTask(
            "busy",
            _ -> {
              begun.countDown();
              free.await();
            });
    task.start();
    assertThat(begun.await(10, SECONDS)).isTrue();

    task.stop(ended::countDown);

    assertThat(task.isRunning()).isFalse();
    assertThat(ended.getCount()).isOne();
    free.countDown();
    assertThat(ended.await(10, SECONDS)).isTrue();
  }

  /** As a client does that waits for a server which is away. */
  @Test
  void workThatWaitsForLongIsInterrupted() throws InterruptedException {
    var begun = new CountDownLatch(1);
    var failures = new AtomicInteger();
    var task =
        new BackgroundTask(
            "waiting",
            _ -> {
              begun.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException interrupted) {
                failures.incrementAndGet();
                throw interrupted;
              }
            });
    task.start();
    assertThat(begun.await(10, SECONDS)).isTrue();
    long begin = System.nanoTime();
    task.stop();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    assertThat(failures).hasValue(1);
    assertThat(task.status().isFailing()).isFalse();
  }
}
