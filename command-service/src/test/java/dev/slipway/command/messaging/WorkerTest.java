package dev.slipway.command.messaging;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class WorkerTest {

  @Test
  void isAskedToStopBesideOthersAndTellsWhenItsWorkHasEnded() throws InterruptedException {
    var begun = new CountDownLatch(1);
    var free = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    var worker =
        new Worker(
            "busy",
            _ -> {
              begun.countDown();
              free.await();
            });
    worker.start();
    assertThat(begun.await(10, SECONDS)).isTrue();

    worker.stop(ended::countDown);

    assertThat(worker.isRunning()).isFalse();
    assertThat(ended.getCount()).isOne();
    free.countDown();
    assertThat(ended.await(10, SECONDS)).isTrue();
  }
}
