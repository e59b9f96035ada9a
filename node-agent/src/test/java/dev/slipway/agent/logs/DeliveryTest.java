package dev.slipway.agent.logs;

import static dev.slipway.agent.logs.LogSamples.WEB;
import static dev.slipway.agent.logs.LogSamples.web;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agent.engine.Found.State;
import dev.slipway.agent.logs.LogSamples.Taker;
import dev.slipway.agent.logs.LogSamples.Written;
import dev.slipway.model.container.LogLine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryTest {

  private final Written engine =
      new Written(
          "2026-01-02T03:04:05.1Z a\n",
          "2026-01-02T03:04:05.2Z b\n",
          "2026-01-02T03:04:05.2Z c\n",
          "2026-01-02T03:04:05.3Z d\n");

  @TempDir Path folder;

  private ContainerLog follow(LogLines lines) {
    var log = new ContainerLog(WEB, lines, folder);
    log.follow(engine, web(State.RUNNING));
    return log;
  }

  @Test
  void sendsAgainUnderTheSameNumbersWhatHadNotArrivedWhenTheAgentDied() {
    var before = new Taker();
    var log = follow(before);
    before.tell(true, 2);
    log.savePosition();
    var after = new Taker();
    var _ = follow(after);
    assertThat(before.numbered()).containsExactly("0 a", "1 b", "2 c", "3 d");
    assertThat(after.numbered()).containsExactly("2 c", "3 d");
  }

  @Test
  void keepsNothingOfWhatHasNotArrived() {
    var before = new Taker();
    follow(before).close();
    var after = new Taker();
    var _ = follow(after);
    assertThat(after.numbered()).isEqualTo(before.numbered());
  }

  @Test
  void readsAgainFromTheFirstLineThatDidNotArrive() {
    var taker = new Taker();
    var log = follow(taker);
    taker.tell(true, 1).tell(false, 1).tell(true, 2);
    log.mend();
    assertThat(taker.numbered()).containsExactly("0 a", "1 b", "2 c", "3 d", "1 b", "2 c", "3 d");
    taker.tell(true, 3);
    log.savePosition();
    var after = new Taker();
    var _ = follow(after);
    assertThat(after.lines).isEmpty();
  }

  @Test
  void sendsNoLineBehindOneThatDidNotArrive() {
    var taker = new Taker();
    LogLines refusing =
        (line, receipt) -> {
          taker.send(line, receipt);
          receipt.told(taker.lines.size() != 2);
        };
    var log = follow(refusing);
    assertThat(taker.numbered()).containsExactly("0 a", "1 b");
    log.mend();
    assertThat(taker.numbered()).containsExactly("0 a", "1 b", "1 b", "2 c", "3 d");
  }

  @Test
  void countsNoReceiptOfAnAttemptThatWasGivenUp() {
    var taker = new Taker();
    var log = follow(taker);
    taker.tell(false, 1);
    log.mend();
    taker.tell(true, 3); // of the lines of before
    log.savePosition();
    var after = new Taker();
    var _ = follow(after);
    assertThat(after.numbered()).containsExactly("0 a", "1 b", "2 c", "3 d");
  }

  @Test
  void takesTheEndOfALineThatTheEngineDidNotGiveToItsEndAtTheNextReading() {
    engine.pieces.clear();
    engine.pieces.add("2026-01-02T03:04:05.1Z " + "x".repeat(16_000));
    var taker = new Taker();
    var log = follow(taker);
    engine.pieces.add("2026-01-02T03:04:05.1Z end\n");
    log.follow(engine, web(State.RUNNING));
    assertThat(taker.lines).extracting(LogLine::text).containsExactly("x".repeat(16_000) + "end");
  }

  @Test
  void endsTheLastLineOfAContainerThatHasEnded() {
    engine.pieces.add("2026-01-02T03:04:06Z no newline");
    var taker = new Taker();
    var log = follow(taker);
    assertThat(taker.lines).hasSize(4);
    log.follow(engine, web(State.EXITED));
    log.follow(engine, web(State.EXITED));
    assertThat(taker.numbered().subList(4, 5)).containsExactly("4 no newline");
    assertThat(taker.lines).hasSize(5);
    assertThat(engine.opened).isEqualTo(2);
  }

  @Test
  void finishesOnceEverythingHasArrivedAndNotBefore() throws InterruptedException {
    var taker = new Taker();
    var log = new ContainerLog(WEB, taker, folder);
    var finishing =
        Thread.ofVirtual()
            .start(() -> log.finish(engine, web(State.RUNNING), Duration.ofSeconds(20)));
    org.awaitility.Awaitility.await().until(() -> taker.receipts.size() == 4);
    taker.tell(true, 3);
    assertThat(finishing.join(Duration.ofMillis(100))).isFalse();
    taker.tell(true, 1);
    assertThat(finishing.join(Duration.ofSeconds(10))).isTrue();
    assertThat(List.copyOf(taker.numbered())).containsExactly("0 a", "1 b", "2 c", "3 d");
  }
}
