package dev.slipway.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.benchmarks.measure.Rounds.Contender;
import dev.slipway.benchmarks.measure.Rounds.Wanted;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {

  @Test
  void takesTurnsInAnotherOrderEachRoundAndDoesNotCountTheFirst() throws Exception {
    var turns = new ArrayList<String>();
    var contenders =
        List.of(
            new Contender(
                Role.SLIPWAY,
                "ours",
                () -> {
                  turns.add("ours");
                  return turns.size();
                }),
            new Contender(
                Role.PEER,
                "theirs",
                () -> {
                  turns.add("theirs");
                  return turns.size();
                }));

    var row = new Rounds(2, _ -> {}).measure("B0", "turns", contenders);

    assertThat(turns).containsExactly("ours", "theirs", "theirs", "ours", "ours", "theirs");
    assertThat(row.of(Role.SLIPWAY)).hasValue(new Samples(List.of(4.0, 5.0)));
    assertThat(row.of(Role.PEER)).hasValue(new Samples(List.of(3.0, 6.0)));
  }

  @Test
  void makesSeveralRowsOfTheSameTurns() throws Exception {
    var own = new Contender(Role.SLIPWAY, "ours", () -> new double[] {1, 2});
    var limit = new Contender(Role.LIMIT, "the least", () -> 4);

    var rows =
        new Rounds(1, _ -> {})
            .measure(
                List.of(new Wanted("B0 rate", "/s"), new Wanted("B0 cost", "ms")),
                List.of(own, limit));

    assertThat(rows).extracting(Row::workload).containsExactly("B0 rate", "B0 cost");
    assertThat(rows.get(0).ratio(Role.LIMIT)).hasValue(new Samples(List.of(0.25)));
    assertThat(rows.get(1).own()).isEqualTo(new Samples(List.of(2.0)));
    assertThat(rows.get(1).contenders()).containsOnlyKeys(Role.SLIPWAY);
  }
}
