package dev.slipway.benchmarks.measure;

import static dev.slipway.benchmarks.measure.Role.LIMIT;
import static dev.slipway.benchmarks.measure.Role.PEER;
import static dev.slipway.benchmarks.measure.Role.SLIPWAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowTest {

  private static Row row(List<Double> own, List<Double> limit, Bar... bars) {
    return new Row(
        "B0 nothing",
        "ms",
        Map.of(SLIPWAY, "ours", LIMIT, "the least"),
        Map.of(SLIPWAY, new Samples(own), LIMIT, new Samples(limit)),
        List.of(bars));
  }

  @Test
  void comparesRoundByRound() {
    var row = row(List.of(10.0, 40.0, 30.0), List.of(10.0, 20.0, 10.0));

    assertThat(row.ratio(LIMIT)).hasValue(new Samples(List.of(1.0, 2.0, 3.0)));
    assertThat(row.ratio(PEER)).isEmpty();
  }

  @Test
  void holdsABarByTheMedianOfItsRatios() {
    var row = row(List.of(10.0, 40.0, 30.0), List.of(10.0, 20.0, 10.0));

    assertThat(row.holds(Bar.atMost(2, LIMIT))).hasValue(true);
    assertThat(row.holds(Bar.atMost(1.9, LIMIT))).hasValue(false);
    assertThat(row.holds(Bar.atLeast(30))).hasValue(true);
    assertThat(row.holds(Bar.atLeast(1, PEER))).isEmpty();
  }

  @Test
  void isNoisyIfTheLimitItselfWanders() {
    assertThat(row(List.of(1.0, 1.0), List.of(10.0, 14.0)).isNoisy()).isFalse();
    assertThat(row(List.of(1.0, 1.0), List.of(10.0, 16.0)).isNoisy()).isTrue();
  }

  @Test
  void isTellingInATableAndAsJson() {
    var report =
        new Report(
            "nothing",
            "a machine",
            List.of(row(List.of(1.0, 2.0), List.of(1.0, 1.0), Bar.atMost(1, LIMIT))),
            List.of("a note"));

    assertThat(report.markdown())
        .contains("| B0 nothing | ms | 1 / **1.50** / 2 | – | **1** | – | 1 / **1.50** / 2 |")
        .contains("≤ 1 × limit: **fails**")
        .contains("* B0 – Slipway: ours; limit: the least")
        .contains("* a note");
    assertThat(report.bars())
        .containsExactly("| `nothing` | B0 nothing | ≤ 1 × limit | 1 / **1.50** / 2 | **fails** |");
    assertThat(report.json()).contains("\"verdict\" : \"**fails**\"").contains("\"noisy\" : false");
  }

  @Test
  void hasTheMiddleOfAnEvenNumberOfRounds() {
    assertThat(new Samples(List.of(4.0, 1.0, 2.0, 8.0)).median()).isEqualTo(3.0);
  }
}
