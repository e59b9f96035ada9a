package dev.slipway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.acceptance.Acknowledged.Found;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counting what is lost finds what is lost. */
class AcknowledgedTest {

  private final Acknowledged service = new Acknowledged("web");

  @BeforeEach
  void asksForThreeChangesOfWhichTheSecondIsNotAnswered() {
    service.asks("a");
    service.isAnswered();
    service.asks("b");
    service.asks("c");
    service.isAnswered();
  }

  private List<String> broken(int creations, List<String> changes, String value) {
    return service.broken(new Found(creations, changes, value));
  }

  @Test
  void isContentWithAllThatWasAnsweredAndAnyOfTheRest() {
    assertThat(broken(1, List.of("a", "c"), "c")).isEmpty();
    assertThat(broken(1, List.of("a", "b", "c"), "c")).isEmpty();
    service.asks("d");
    assertThat(broken(1, List.of("a", "c", "d"), "d")).isEmpty();
    assertThat(broken(1, List.of("a", "c"), "c")).isEmpty();
  }

  @Test
  void missesAServiceThatIsNotThere() {
    assertThat(service.broken(Found.NOTHING))
        .containsExactly(
            "web is there 0 times",
            "web was changed to a 0 times",
            "web was changed to c 0 times",
            "web has the value '' in the end");
  }

  @Test
  void missesAChangeThatWasAnswered() {
    assertThat(broken(1, List.of("c"), "c")).containsExactly("web was changed to a 0 times");
  }

  @Test
  void noticesWhatIsThereTwice() {
    assertThat(broken(2, List.of("a", "b", "b", "c"), "c"))
        .containsExactly("web is there 2 times", "web was changed to b 2 times");
  }

  @Test
  void noticesAValueFromBeforeTheLastAnswer() {
    assertThat(broken(1, List.of("a", "c", "b"), "b"))
        .containsExactly("web has the value 'b' in the end");
  }

  @Test
  void letsAServiceWithoutAnAnsweredChangeHoldAnyOrNone() {
    var unchanged = new Acknowledged("db");
    unchanged.asks("a");
    assertThat(unchanged.broken(new Found(1, List.of(), ""))).isEmpty();
    assertThat(unchanged.broken(new Found(1, List.of("a"), "a"))).isEmpty();
    assertThat(unchanged.broken(new Found(1, List.of(), "x"))).isNotEmpty();
  }
}
