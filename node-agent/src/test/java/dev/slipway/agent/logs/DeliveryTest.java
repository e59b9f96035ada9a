package dev.slipway.agent.logs;

import static dev.slipway.agent.logs.LogSamples.WEB;
import static dev.slipway.agent.logs.LogSamples.web;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agent.engine.Found.State;
import dev.slipway.agent.logs.LogSamples.Taker;
import dev.slipway.agent.logs.LogSamples.Written;
import dev.slipway.model.wire.Wire;
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

  private ContainerLog follow(LogDestination destination) {
    var log = new ContainerLog(WEB, destination, folder);
    log.follow(engine, web(State.RUNNING));
    return log;
  }

  @Test
  void sendsTogetherWhatComesWhileALineIsOnItsWay() {
    var taker = new Taker();
    var log = follow(taker);
    assertThat(taker.texts()).containsExactly("a");
    taker.tell(true, 1).awaitSent(2);
    assertThat(taker.sent.get(1).lines()).hasSize(3);
    assertThat(taker.numbered()).containsExactly("0 a", "1 b", "2 c", "3 d");
    engine.pieces.add("2026-01-02T03:04:06Z e\n");
    log.follow(engine, web(State.RUNNING));
    assertThat(taker.sent).hasSize(2);
    taker.tell(true, 1).awaitSent(3);
    assertThat(taker.numbered()).endsWith("3 d", "4 e");
  }

  @Test
  void sendsAsMuchAsFitsWithoutWaitingForMore() {
    engine.pieces.clear();
    for (int i = 0; i < 2_500; i++) {
      engine.pieces.add("2026-01-02T03:04:05.%09dZ %d\n".formatted(i, i));
    }
    var taker = new Taker();
    var _ = follow(taker);
    assertThat(taker.sent)
        .extracting(lines -> lines.lines().size())
        .containsExactly(1, 1_000, 1_000);
    taker.tell(true, 3).awaitSent(4);
    assertThat(taker.sent.getLast().lines()).hasSize(499);
    assertThat(taker.numbered()).hasSize(2_500).endsWith("2499 2499");
  }

  @Test
  void sendsNoRecordThatKafkaWouldNotTake() {
    engine.pieces.clear();
    var worst = "\u0001".repeat(LineCutter.LONGEST);
    for (int i = 0; i < 5; i++) {
      engine.pieces.add("2026-01-02T03:04:0%dZ %s\n".formatted(i, worst.substring(i / 3)));
    }
    var taker = new Taker();
    var _ = follow(taker);
    taker.tell(true, 1);
    assertThat(taker.sent).hasSizeGreaterThan(2);
    assertThat(taker.sent).allMatch(lines -> Wire.write(lines).length < 1_000_000);
  }

  @Test
  void sendsAgainUnderTheSameNumbersWhatHadNotArrivedWhenTheAgentDied() {
    engine.pieces.removeLast();
    var before = new Taker();
    var log = follow(before);
    before.tell(true, 1).awaitSent(2);
    log.savePosition();
    var after = new Taker();
    var _ = follow(after);
    after.tell(true, 1).awaitSent(2);
    assertThat(before.numbered()).containsExactly("0 a", "1 b", "2 c");
    assertThat(after.numbered()).containsExactly("1 b", "2 c");
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
    taker.tell(true, 1).awaitSent(2).tell(false, 1);
    log.mend();
    taker.awaitSent(3).tell(true, 1).awaitSent(4);
    assertThat(taker.numbered()).containsExactly("0 a", "1 b", "2 c", "3 d", "1 b", "2 c", "3 d");
    taker.tell(true, 1);
    log.savePosition();
    var after = new Taker();
    var _ = follow(after);
    assertThat(after.sent).isEmpty();
  }

  @Test
  void sendsNoLineBehindOneThatDidNotArrive() {
    var taker = new Taker();
    LogDestination refusing =
        (lines, receipt) -> {
          taker.send(lines, receipt);
          receipt.told(taker.sent.size() != 2);
        };
    var log = follow(refusing);
    assertThat(taker.numbered()).containsExactly("0 a", "1 b");
    log.mend();
    assertThat(taker.numbered()).containsExactly("0 a", "1 b", "1 b", "2 c", "3 d");
  }

  @Test
  void sendsNothingOfWhatWaitedBehindALineThatDidNotArrive() {
    var taker = new Taker();
    var log = follow(taker);
    taker.tell(false, 1);
    log.mend();
    taker.tell(true, 1).awaitSent(3);
    assertThat(taker.numbered()).containsExactly("0 a", "0 a", "1 b", "2 c", "3 d");
  }

  @Test
  void countsNoReceiptOfAnAttemptThatWasGivenUp() {
    engine.pieces.clear();
    for (int i = 0; i < 1_500; i++) {
      engine.pieces.add("2026-01-02T03:04:05.%09dZ %d\n".formatted(i, i));
    }
    var taker = new Taker();
    var log = follow(taker);
    assertThat(taker.sent).hasSize(2);
    taker.tell(false, 1);
    log.mend();
    taker.tell(true, 1); // of the lines of before
    log.savePosition();
    var after = new Taker();
    var _ = follow(after);
    assertThat(after.numbered()).startsWith("0 0", "1 1");
  }

  @Test
  void takesTheEndOfALineThatTheEngineDidNotGiveToItsEndAtTheNextReading() {
    engine.pieces.clear();
    engine.pieces.add("2026-01-02T03:04:05.1Z " + "x".repeat(16_000));
    var taker = new Taker();
    var log = follow(taker);
    engine.pieces.add("2026-01-02T03:04:05.1Z end\n");
    log.follow(engine, web(State.RUNNING));
    assertThat(taker.texts()).containsExactly("x".repeat(16_000) + "end");
  }

  @Test
  void endsTheLastLineOfAContainerThatHasEnded() {
    engine.pieces.add("2026-01-02T03:04:06Z no newline");
    var taker = new Taker();
    var log = follow(taker);
    taker.tell(true, 1).awaitSent(2);
    assertThat(taker.numbered()).hasSize(4);
    log.follow(engine, web(State.EXITED));
    log.follow(engine, web(State.EXITED));
    taker.tell(true, 1).awaitSent(3);
    assertThat(taker.numbered().subList(4, 5)).containsExactly("4 no newline");
    assertThat(taker.numbered()).hasSize(5);
    assertThat(engine.opened).isEqualTo(2);
  }

  @Test
  void finishesOnceEverythingHasArrivedAndNotBefore() throws InterruptedException {
    var taker = new Taker();
    var log = new ContainerLog(WEB, taker, folder);
    var finishing =
        Thread.ofVirtual()
            .start(() -> log.finish(engine, web(State.RUNNING), Duration.ofSeconds(20)));
    taker.awaitSent(1).tell(true, 1).awaitSent(2);
    assertThat(finishing.join(Duration.ofMillis(100))).isFalse();
    taker.tell(true, 1);
    assertThat(finishing.join(Duration.ofSeconds(10))).isTrue();
    assertThat(List.copyOf(taker.numbered())).containsExactly("0 a", "1 b", "2 c", "3 d");
  }
}
