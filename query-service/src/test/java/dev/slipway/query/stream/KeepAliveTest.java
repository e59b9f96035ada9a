package dev.slipway.query.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KeepAliveTest {

  final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000);
  final AtomicInteger pings = new AtomicInteger();
  final KeepAlive keepAlive =
      new KeepAlive(
          new KeepAlive.Times(Duration.ofSeconds(30), Duration.ofSeconds(75)), clock::get);

  void pulseAfter(int seconds) throws IOException {
    clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
    keepAlive.pulse(pings::incrementAndGet);
  }

  @Test
  void pingsEveryHalfMinuteForAsLongAsItIsAnswered() throws IOException {
    for (int second = 0; second < 310; second++) {
      pulseAfter(1);
      keepAlive.heard();
    }
    assertThat(pings).hasValue(10);
  }

  @Test
  void letsGoOfAClientThatAnswersNone() throws IOException {
    pulseAfter(31);
    pulseAfter(31);
    pulseAfter(31);
    assertThat(pings).hasValue(3);
    assertThatThrownBy(() -> pulseAfter(31))
        .isInstanceOf(ReaderTooSlow.class)
        .hasMessage("the client answers no ping");
  }

  @Test
  void holdsNothingAgainstAClientThatWasNotPingedWhileItsStreamWasBusy() throws IOException {
    pulseAfter(500);
    assertThat(pings).hasValue(1);
    keepAlive.heard();
    pulseAfter(500);
    assertThat(pings).hasValue(2);
    pulseAfter(74);
    assertThat(pings).hasValue(3);
  }

  @Test
  void takesAnAnswerForAllPingsBeforeIt() throws IOException {
    pulseAfter(31);
    pulseAfter(31);
    keepAlive.heard();
    pulseAfter(31);
    pulseAfter(74);
    assertThat(pings).hasValue(4);
  }
}
