package dev.slipway.agent.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agent.logs.LogPosition.Reached;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RepeatsTest {

  private static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05.1Z");

  private Instant now = BEGIN.plusSeconds(100);

  private static Instant at(int nanos) {
    return BEGIN.plusNanos(nanos);
  }

  private List<Integer> fresh(Reached before, int... nanos) {
    var repeats = new Repeats(before, () -> now);
    var fresh = new ArrayList<Integer>();
    IntStream.of(nanos)
        .forEach(
            time -> {
              if (!repeats.include(at(time))) {
                fresh.add(time);
              }
            });
    return fresh;
  }

  @Test
  void areNoneInAStreamThatIsReadOnce() {
    assertThat(fresh(Reached.NOTHING, 1, 2, 2, 2, 3)).containsExactly(1, 2, 2, 2, 3);
  }

  @Test
  void areLinesUpToTheOneThatWasReached() {
    assertThat(fresh(new Reached(at(2), 2), 1, 2, 2, 2, 3)).containsExactly(2, 3);
    assertThat(fresh(new Reached(at(2), 2), 2, 2, 3)).containsExactly(3);
    assertThat(fresh(new Reached(at(2), 2), 3)).containsExactly(3);
  }

  @Test
  void areLinesThatTheEngineGivesAgainWhereItBeginsAFile() {
    assertThat(fresh(Reached.NOTHING, 1, 2, 3, 3, 2, 3, 3, 3, 4)).containsExactly(1, 2, 3, 3, 3, 4);
    assertThat(fresh(Reached.NOTHING, 1, 2, 3, 1, 2, 1, 2, 3, 4)).containsExactly(1, 2, 3, 4);
  }

  @Test
  void areNoneOfAHostWhoseClockWasSetBack() {
    now = at(5);
    assertThat(fresh(Reached.NOTHING, 8, 9, 5, 6)).containsExactly(8, 9, 5, 6);
  }
}
