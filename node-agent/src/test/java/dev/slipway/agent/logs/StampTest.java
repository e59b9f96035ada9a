package dev.slipway.agent.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StampTest {

  private static @Nullable Instant read(String text) {
    var bytes = ("x" + text + " a line").getBytes(StandardCharsets.UTF_8);
    return Stamp.read(bytes, 1, text.getBytes(StandardCharsets.UTF_8).length);
  }

  @Test
  void saysTheMomentToTheNanosecond() {
    for (var text :
        List.of(
            "2026-01-02T03:04:05.123456789Z",
            "2026-01-02T03:04:05.1Z",
            "2026-01-02T03:04:05.000000001Z",
            "2024-02-29T23:59:59Z",
            "1969-12-31T23:59:59.9Z")) {
      assertThat(read(text)).as(text).isEqualTo(Instant.parse(text));
    }
  }

  @Test
  void saysTheSameAsAnyOtherReaderOfMoments() {
    var random = new Random(11);
    for (int i = 0; i < 10_000; i++) {
      var moment =
          Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000));
      assertThat(read(moment.toString())).isEqualTo(moment);
    }
  }

  @Test
  void isNoneIfAnyOfItIsSomethingElse() {
    for (var text :
        List.of(
            "",
            "2026-01-02T03:04:05",
            "2026-01-02T03:04:05.Z",
            "2026-01-02T03:04:05.1234567890Z",
            "2026-01-02T03:04:05,1Z",
            "2026-01-02T03:04:05.12x4Z",
            "2026-01-02 03:04:05.123Z",
            "2026-13-02T03:04:05.123Z",
            "2026-02-30T03:04:05.123Z",
            "2026-01-02T24:04:05.123Z",
            "2026-01-02T03:60:05.123Z",
            "2O26-01-02T03:04:05.123Z",
            "2026-01-02T03:04:05.1€Z",
            "somebody's word of that lengthZ")) {
      assertThat(read(text)).as(text).isNull();
    }
  }
}
