package dev.slipway.agent.logs;

import static dev.slipway.agent.logs.LogSamples.WEB;
import static dev.slipway.agent.logs.LogSamples.web;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agent.engine.Found.State;
import dev.slipway.agent.logs.LogSamples.Written;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacklogTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final Backlog backlog = new Backlog();

  private boolean isMuchAfter(Duration late, int characters) {
    backlog.line(NOW.minus(late), characters);
    return backlog.isMuch(NOW);
  }

  @Test
  void isMuchForWhoReadsMuchAndIsLate() {
    assertThat(isMuchAfter(Duration.ofSeconds(2), 3_000_000)).isFalse();
    assertThat(isMuchAfter(Duration.ofSeconds(2), 3_000_000)).isTrue();
    assertThat(backlog.isLittle()).isFalse();
  }

  @Test
  void isNoneForWhoHasCaughtUp() {
    assertThat(isMuchAfter(Duration.ofSeconds(2), 3_000_000)).isFalse();
    assertThat(isMuchAfter(Duration.ofMillis(10), 3_000_000)).isFalse();
    assertThat(isMuchAfter(Duration.ofSeconds(2), 3_000_000)).isFalse();
    assertThat(isMuchAfter(Duration.ofMillis(10), 1)).isFalse();
    assertThat(backlog.isLittle()).isTrue();
  }

  @Test
  void makesAFollowerOf20MegabytesReadNothingAgainForOneHiccup(@TempDir Path folder) {
    var engine = new Written();
    for (int line = 0; line < 2_000; line++) {
      var time = line == 1_000 ? Instant.now().minusMillis(600) : Instant.now().plusSeconds(60);
      engine.pieces.add(time + " " + "x".repeat(10_000) + "\n");
    }
    var log = new ContainerLog(WEB, (_, receipt) -> receipt.told(true), folder);
    log.follow(engine, web(State.RUNNING));
    assertThat(engine.opened).isEqualTo(1);
  }
}
