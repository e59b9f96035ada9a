package dev.slipway.agent.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agent.engine.FakeEngine;
import dev.slipway.agent.engine.Found;
import dev.slipway.agent.engine.Found.State;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.LogLine;
import dev.slipway.model.container.LogLine.Stream;
import dev.slipway.model.container.LogLines;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerLogTest {

  private static final Found.Labels WEB =
      new Found.Labels(
          new ContainerId("c0000000-0000-4000-8000-000000000001"),
          new ServiceId("5e0c7d7e-0000-4000-8000-000000000001"),
          new NodeId("0a000000-0000-4000-8000-00000000000a"),
          "web-1");
  private static final Found RUNNING = new Found(WEB, "e1", State.RUNNING, null, List.of(), null);

  private final List<LogLine> shipped = new ArrayList<>();

  /** Gives what was written so far, from the second asked for, in pieces of any size. */
  private static final class FakeLog extends FakeEngine {
    private final String written;

    FakeLog(String written) {
      this.written = written;
    }

    @Override
    public AutoCloseable logs(String engineId, Instant since, boolean follow, LogSink sink) {
      written
          .lines()
          .filter(
              line ->
                  Instant.parse(line.split(" ", 2)[0]).getEpochSecond() >= since.getEpochSecond())
          .forEach(line -> sink.bytes(false, (line + "\n").getBytes(StandardCharsets.UTF_8)));
      sink.ended();
      return () -> {};
    }
  }

  private void take(LogLines lines, LogDestination.Receipt receipt) {
    LogSamples.each(lines).forEach(shipped::add);
    receipt.told(true);
  }

  private void ship(Path folder, String written) {
    var log = new ContainerLog(WEB, this::take, folder);
    log.follow(new FakeLog(written), RUNNING);
    log.savePosition();
  }

  @Test
  void goesOnWhereItWasLeftAlsoAmongLinesOfOneMoment(@TempDir Path folder) {
    var first = "2026-01-02T03:04:05.1Z a\n2026-01-02T03:04:05.2Z b\n2026-01-02T03:04:05.2Z c\n";
    ship(folder, first);
    ship(folder, first + "2026-01-02T03:04:05.2Z d\n2026-01-02T03:04:06Z e\n");
    assertThat(shipped).extracting(LogLine::text).containsExactly("a", "b", "c", "d", "e");
    assertThat(shipped).extracting(LogLine::offset).containsExactly(0L, 1L, 2L, 3L, 4L);
  }

  @Test
  void shipsNoLineTwiceThatTheEngineGivesAgainWhereItBeginsAFile(@TempDir Path folder) {
    var begin = "2026-01-02T03:04:05.1Z a\n";
    var file = "2026-01-02T03:04:05.2Z b\n2026-01-02T03:04:05.3Z c\n";
    ship(folder, begin + file + file + "2026-01-02T03:04:05.4Z d\n");
    assertThat(shipped).extracting(LogLine::text).containsExactly("a", "b", "c", "d");
  }

  @Test
  void givesALineTheSameNumberAgainWhenThePositionWasLost(@TempDir Path folder) {
    var written = "2026-01-02T03:04:05.1Z a\n2026-01-02T03:04:05.2Z b\n";
    new ContainerLog(WEB, this::take, folder).follow(new FakeLog(written), RUNNING);
    ship(folder, written);
    assertThat(shipped).extracting(LogLine::offset).containsExactly(0L, 1L, 0L, 1L);
  }

  @Test
  void putsLongLinesTogetherFromTheirPieces() {
    var lines = new ArrayList<String>();
    var cutter = new LineCutter((_, text) -> lines.add(text));
    var random = new Random(7);
    var expected = new ArrayList<String>();
    for (int i = 0; i < 50; i++) {
      var text = "x".repeat(random.nextInt(40_000)) + "ü" + i;
      expected.add(text);
      var bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
      for (int from = 0; from < bytes.length; from += 16_384) {
        var piece = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + 16_384));
        cutter.piece(stamped(piece));
      }
    }
    assertThat(lines).isEqualTo(expected);
  }

  private static byte[] stamped(byte[] piece) {
    var stamp = "2026-01-02T03:04:05.123456789Z ".getBytes(StandardCharsets.US_ASCII);
    var stamped = Arrays.copyOf(stamp, stamp.length + piece.length);
    System.arraycopy(piece, 0, stamped, stamp.length, piece.length);
    return stamped;
  }

  @Test
  void losesNoLineOfTwoStreamsWhoseTimesCross(@TempDir Path folder) {
    var written =
        List.of(
            "E 2026-01-02T03:04:05.3Z err 1",
            "O 2026-01-02T03:04:05.2Z out 1",
            "O 2026-01-02T03:04:05.4Z out 2",
            "E 2026-01-02T03:04:05.4Z err 2",
            "E 2026-01-02T03:04:05.4Z err 3",
            "O 2026-01-02T03:04:05.4Z out 3");
    for (int first = 0; first <= written.size(); first++) {
      shipped.clear();
      for (var part : List.of(written.subList(0, first), written)) {
        var log = new ContainerLog(WEB, this::take, folder.resolve("" + first));
        log.follow(new TwoStreams(part), RUNNING);
        log.savePosition();
      }
      assertThat(shipped)
          .extracting(LogLine::text)
          .containsExactly("err 1", "out 1", "out 2", "err 2", "err 3", "out 3");
      assertThat(shipped).extracting(LogLine::offset).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
      assertThat(shipped)
          .allMatch(line -> line.text().startsWith("err") == (line.stream() == Stream.STDERR));
    }
  }

  private static final class TwoStreams extends FakeEngine {
    private final List<String> written;

    TwoStreams(List<String> written) {
      this.written = written;
    }

    @Override
    public AutoCloseable logs(String engineId, Instant since, boolean follow, LogSink sink) {
      for (var line : written) {
        sink.bytes(
            line.startsWith("E"), (line.substring(2) + "\n").getBytes(StandardCharsets.UTF_8));
      }
      sink.ended();
      return () -> {};
    }
  }

  @Test
  void findsTheLinesOfATerminalInPiecesOfAnySize() {
    var random = new Random(5);
    var all = new StringBuilder();
    var expected = new ArrayList<String>();
    for (int i = 0; i < 200; i++) {
      var stamp = "2026-01-02T03:04:05.%09dZ".formatted(i);
      var text = "x".repeat(random.nextInt(60)) + " " + i;
      all.append(stamp).append(' ').append(text).append("\r\n");
      expected.add(Instant.parse(stamp) + " " + text);
    }
    var bytes = all.toString().getBytes(StandardCharsets.UTF_8);
    for (int size = 1; size < 200; size += 7) {
      var lines = new ArrayList<String>();
      var cutter = new LineCutter((time, text) -> lines.add(time + " " + text));
      for (int from = 0; from < bytes.length; from += size) {
        cutter.piece(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + size)));
      }
      assertThat(lines).as("pieces of %d", size).isEqualTo(expected);
    }
  }

  @Test
  void keepsLinesOf64KbAndBytesThatAreNoText() {
    var lines = new ArrayList<String>();
    var cutter = new LineCutter((_, text) -> lines.add(text));
    var longest = "y".repeat(LineCutter.LONGEST);
    cutter.piece(stamped((longest + "\n").getBytes(StandardCharsets.UTF_8)));
    cutter.piece(stamped(("ä".repeat(50_000) + "\n").getBytes(StandardCharsets.UTF_8)));
    cutter.piece(stamped(new byte[] {'a', (byte) 0xFF, (byte) 0xC3, 'b', '\n'}));
    cutter.piece(stamped("\n".getBytes(StandardCharsets.UTF_8)));
    assertThat(lines.getFirst()).isEqualTo(longest);
    assertThat(lines.get(1) + lines.get(2)).isEqualTo("ä".repeat(50_000));
    assertThat(lines.subList(3, lines.size())).containsExactly("a\uFFFD\uFFFDb", "");
  }
}
