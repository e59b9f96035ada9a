package dev.slipway.agent.logs;

import static dev.slipway.agent.logs.LogSamples.WEB;
import static dev.slipway.agent.logs.LogSamples.web;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agent.engine.Found.State;
import dev.slipway.agent.logs.LogSamples.Written;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogShippingTest {

  private final Written engine =
      new Written("2026-01-02T03:04:05.1Z a\n", "2026-01-02T03:04:05.2Z b\n");
  private final List<String> shipped = new ArrayList<>();

  @TempDir Path folder;

  private LogShipping agent() {
    return new LogShipping(
        engine,
        (lines, receipt) -> {
          LogSamples.each(lines).forEach(line -> shipped.add(line.text()));
          receipt.told(true);
        },
        folder);
  }

  @Test
  void shipsWhatIsLeftOfAContainerThatItHasNotFollowed() {
    agent().finish(web(State.EXITED));
    assertThat(shipped).containsExactly("a", "b");
  }

  @Test
  void shipsNothingTwiceOfWhatAnAgentBeforeHasShipped() {
    try (var before = agent()) {
      before.ship(web(State.RUNNING));
    }
    engine.pieces.add("2026-01-02T03:04:07Z c\n");
    agent().finish(web(State.EXITED));
    assertThat(shipped).containsExactly("a", "b", "c");
  }

  @Test
  void takesAContainerThatWasFinishedForNoNewOneInAnOldListing() {
    var agent = agent();
    agent.finish(web(State.EXITED));
    agent.ship(web(State.RUNNING));
    agent.keepOnly(Set.of(WEB.container()));
    agent.ship(web(State.RUNNING));
    assertThat(shipped).containsExactly("a", "b");
    assertThat(engine.opened).isEqualTo(1);
  }

  @Test
  void forgetsThePositionsOfContainersThatAreGone() {
    var agent = agent();
    agent.finish(web(State.EXITED));
    assertThat(folder).isDirectoryContaining("glob:**" + WEB.container().value());
    agent.keepOnly(Set.of());
    assertThat(folder).isEmptyDirectory();
  }
}
