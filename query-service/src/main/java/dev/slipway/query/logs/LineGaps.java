package dev.slipway.query.logs;

import dev.slipway.query.stream.ReaderTooSlow;
import java.util.HashMap;
import java.util.Map;

/** Notices lines that are gone before a reader got them. */
final class LineGaps {

  private final Logs logs;
  private final Map<String, Long> lastOffsets = new HashMap<>();

  LineGaps(Logs logs) {
    this.logs = logs;
  }

  /** The reader has this line. */
  void passed(KeptLine line) {
    lastOffsets.put(line.line().container().value(), line.line().offset());
  }

  /**
   * The lines of a container are counted without a gap; before its first line here, only what is
   * kept tells.
   *
   * @param from where the reader was before it read on and found the line
   */
  void requireNoneBefore(KeptLine line, LogPosition from) throws ReaderTooSlow {
    var last = lastOffsets.get(line.line().container().value());
    if (last == null && line.line().offset() > 0) {
      requireNoneBehind(from);
    }
    if (last != null && line.line().offset() > last + 1) {
      throw gone();
    }
  }

  /** All lines behind the position are kept. */
  void requireNoneBehind(LogPosition position) throws ReaderTooSlow {
    if (!logs.keepAllAfter(position)) {
      throw gone();
    }
  }

  private static ReaderTooSlow gone() {
    return new ReaderTooSlow("lines that were not read yet are not kept any more");
  }
}
