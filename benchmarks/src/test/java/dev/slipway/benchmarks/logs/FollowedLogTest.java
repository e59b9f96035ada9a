package dev.slipway.benchmarks.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FollowedLogTest {

  private static final class Told extends FollowedLog {

    @Override
    public void close() {}
  }

  @Test
  void countsLinesAndWaitsForTheLast() {
    var log = new Told();
    log.came("one");
    log.came("two");

    assertThat(log.await("two")).isLessThanOrEqualTo(System.nanoTime());
    assertThat(log.lines()).isEqualTo(2);
  }

  @Test
  void failsAtOnceWhenNoMoreCanCome() {
    var log = new Told();
    log.ended("1013 too slow");

    assertThatThrownBy(() -> log.await("one"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the log has ended: 1013 too slow");
  }
}
