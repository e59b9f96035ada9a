package dev.slipway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {

  static final String HERE = "10.0.0.1";

  Instant now = Instant.parse("2026-01-02T03:04:05Z");
  final LoginThrottle throttle = new LoginThrottle(() -> now);

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      throttle.failed(HERE, "alice");
    }
  }

  private Duration shut() {
    return throttle.shutFor(HERE, "alice");
  }

  @Test
  void shutsAfterTenFailuresWithinAMinute() {
    fail(9);
    assertThat(shut()).isZero();

    fail(1);
    assertThat(shut()).isEqualTo(Duration.ofMinutes(1));

    now = now.plusSeconds(59);
    assertThat(shut()).isEqualTo(Duration.ofSeconds(1));

    now = now.plusSeconds(1);
    assertThat(shut()).isZero();
  }

  @Test
  void countsFailuresOfTheLastMinuteOnly() {
    fail(9);
    now = now.plusSeconds(61);
    fail(9);
    assertThat(shut()).isZero();
  }

  @Test
  void shutsForTwiceAsLongEachTimeUpToAQuarterOfAnHour() {
    for (int minutes : new int[] {1, 2, 4, 8, 15, 15}) {
      fail(10);
      assertThat(shut()).isEqualTo(Duration.ofMinutes(minutes));
      now = now.plus(shut());
    }
  }

  @Test
  void beginsAnewAfterASuccess() {
    fail(9);
    throttle.succeeded(HERE, "alice");
    fail(9);
    assertThat(shut()).isZero();
  }

  @Test
  void knowsWhoHasLoggedInFromAnAddress() {
    assertThat(throttle.isKnown(HERE, "alice")).isFalse();
    throttle.succeeded(HERE, "alice");
    fail(10);
    assertThat(throttle.isKnown(HERE, "alice")).isTrue();
    assertThat(throttle.isKnown("10.0.0.2", "alice")).isFalse();
    assertThat(throttle.isKnown(HERE, "bob")).isFalse();
  }

  @Test
  void shutsNobodyElse() {
    fail(10);
    assertThat(throttle.shutFor(HERE, "bob")).isZero();
    assertThat(throttle.shutFor("10.0.0.2", "alice")).isZero();
  }

  @Test
  void takesNoMoreRoomForLongNames() {
    for (int i = 0; i < 10; i++) {
      throttle.failed(HERE, "a".repeat(64) + i);
    }
    assertThat(throttle.shutFor(HERE, "a".repeat(1_000_000))).isPositive();
  }
}
