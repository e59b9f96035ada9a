package dev.slipway.agent.logs;

import static org.awaitility.Awaitility.await;

import dev.slipway.agent.engine.FakeEngine;
import dev.slipway.agent.engine.Found;
import dev.slipway.agent.engine.Found.State;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.LogLine;
import dev.slipway.model.container.LogLines;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A container, what it has written, and who takes it. */
final class LogSamples {

  static final Found.Labels WEB =
      new Found.Labels(
          new ContainerId("c0000000-0000-4000-8000-000000000001"),
          new ServiceId("5e0c7d7e-0000-4000-8000-000000000001"),
          new NodeId("0a000000-0000-4000-8000-00000000000a"),
          "web-1");

  private LogSamples() {}

  static Found web(State state) {
    return new Found(WEB, "e1", state, null, List.of(), null);
  }

  /** Gives what is written at that time, piece by piece, whether or not it is followed. */
  static final class Written extends FakeEngine {

    final List<String> pieces = new ArrayList<>();
    int opened;

    Written(String... pieces) {
      this.pieces.addAll(List.of(pieces));
    }

    @Override
    public AutoCloseable logs(String engineId, Instant since, boolean follow, LogSink sink) {
      opened++;
      for (var piece : List.copyOf(pieces)) {
        sink.bytes(false, piece.getBytes(StandardCharsets.UTF_8));
      }
      sink.ended();
      return () -> {};
    }
  }

  /** Takes lines, and tells what became of those sent together when it is asked to. */
  static final class Taker implements LogDestination {

    final List<LogLines> sent = new CopyOnWriteArrayList<>();
    final List<Receipt> receipts = new CopyOnWriteArrayList<>();
    int told;

    @Override
    public void send(LogLines lines, Receipt receipt) {
      sent.add(lines);
      receipts.add(receipt);
    }

    /** Of the next so many that were sent together. */
    Taker tell(boolean arrived, int count) {
      for (int i = 0; i < count; i++) {
        receipts.get(told++).told(arrived);
      }
      return this;
    }

    /** Until so many were sent in all. */
    Taker awaitSent(int count) {
      await().until(() -> receipts.size() == count);
      return this;
    }

    List<String> numbered() {
      return sent.stream().flatMap(LogSamples::each).map(LogSamples::numbered).toList();
    }

    List<String> texts() {
      return sent.stream().flatMap(LogSamples::each).map(LogLine::text).toList();
    }
  }

  static String numbered(LogLine line) {
    return line.offset() + " " + line.text();
  }

  static Stream<LogLine> each(LogLines lines) {
    return IntStream.range(0, lines.lines().size()).mapToObj(lines::line);
  }
}
