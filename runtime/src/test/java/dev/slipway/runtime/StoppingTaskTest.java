package dev.slipway.runtime;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
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
}
