package dev.slipway.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoadTest {

  @Test
  void countsWhatAllClientsDid() throws InterruptedException {
    var done = new AtomicInteger();

    var outcome = Load.run(3, Duration.ofMillis(50), _ -> done::incrementAndGet);

    assertThat(outcome.requests()).isEqualTo(done.get()).isPositive();
    assertThat(outcome.seconds()).isGreaterThanOrEqualTo(0.05);
  }

  @Test
  void sendsNoMoreThanItIsToldTo() throws InterruptedException {
    var done = new AtomicInteger();

    var outcome = Load.atMost(7, 3, Duration.ofMinutes(1), _ -> done::incrementAndGet);

    assertThat(outcome.requests()).isEqualTo(7);
    assertThat(done).hasValue(7);
  }

  @Test
  void isVoidIfOneRequestFails() {
    var sent = new AtomicInteger();
    Load.Client failing =
        () -> {
          if (sent.incrementAndGet() == 3) {
            throw new IllegalStateException("no");
          }
        };

    assertThatThrownBy(() -> Load.run(1, Duration.ofSeconds(5), _ -> failing))
        .isInstanceOf(Load.VoidRun.class)
        .hasMessageContaining("no");
    assertThat(sent).hasValue(3);
  }

  @Test
  void isVoidIfAClientCannotConnect() {
    assertThatThrownBy(
            () ->
                Load.run(
                    2,
                    Duration.ofMillis(10),
                    number -> {
                      throw new IllegalStateException("refused " + number);
                    }))
        .isInstanceOf(Load.VoidRun.class);
  }
}
