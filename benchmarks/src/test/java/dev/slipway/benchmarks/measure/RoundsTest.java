package dev.slipway.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.benchmarks.measure.Rounds.Contender;
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
}
