package dev.slipway.command.quota;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.http.Directory;
import dev.slipway.http.QuotaExceeded;
import dev.slipway.http.Quotas;
import dev.slipway.model.Namespace;
import dev.slipway.model.quota.Quota;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WriteRateTest {

  private static final Namespace ALICE = new Namespace("alice");
  private static final Namespace BOB = new Namespace("bob");

  private final AtomicLong nanoseconds = new AtomicLong();
  private final WriteRate rate =
      new WriteRate(
          new Quotas(new Directory(), Map.of(Quota.WRITES_PER_SECOND, 2L)), nanoseconds::get);

  private void count(int times, Namespace namespace) {
    for (int i = 0; i < times; i++) {
      rate.count(namespace);
    }
  }

  @Test
  void takesTenSecondsWorthAtOnceAndNoMore() {
    count(20, ALICE);

    assertThatThrownBy(() -> rate.count(ALICE))
        .isInstanceOf(QuotaExceeded.class)
        .hasMessageContaining("writes a second");
    assertThatCode(() -> rate.count(BOB)).doesNotThrowAnyException();
  }

  @Test
  void takesMoreAsTimePasses() {
    count(20, ALICE);
    nanoseconds.addAndGet(1_000_000_000);
    count(2, ALICE);

    assertThatThrownBy(() -> rate.count(ALICE)).isInstanceOf(QuotaExceeded.class);
  }

  @Test
  void keepsNoMoreThanTenSecondsWorth() {
    rate.count(ALICE);
    nanoseconds.addAndGet(3_600_000_000_000L);
    count(20, ALICE);

    assertThatThrownBy(() -> rate.count(ALICE)).isInstanceOf(QuotaExceeded.class);
  }
}
