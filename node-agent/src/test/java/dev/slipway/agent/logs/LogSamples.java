package dev.slipway.agent.logs;

import dev.slipway.agent.engine.FakeEngine;
import dev.slipway.agent.engine.Found;
import dev.slipway.agent.engine.Found.State;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.LogLine;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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

  /** Takes lines, and tells what became of them when it is asked to. */
  static final class Taker implements LogLines {

    final List<LogLine> lines = new ArrayList<>();
    final List<Receipt> receipts = new ArrayList<>();
    int told;

    @Override
    public void send(LogLine line, Receipt receipt) {
      lines.add(line);
      receipts.add(receipt);
    }

    /** Of the next so many lines. */
    Taker tell(boolean arrived, int count) {
      for (int i = 0; i < count; i++) {
        receipts.get(told++).told(arrived);
      }
      return this;
    }

    List<String> numbered() {
      return lines.stream().map(line -> line.offset() + " " + line.text()).toList();
    }
  }
}
