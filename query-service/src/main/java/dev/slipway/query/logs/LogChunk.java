package dev.slipway.query.logs;

import dev.slipway.model.container.LogLine;
import dev.slipway.model.container.LogLines;
import dev.slipway.query.projection.Projection.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * What is stored as one: lines that one container wrote one after the other, from one record, of
 * one moment or nearly so.
 *
 * @param after the last arrival before those of its lines
 */
record LogChunk(int partition, long after, List<KeptLine> lines) {

  /** A reader wants few lines, and little is lost when a whole chunk goes at a time. */
  static final int MOST_LINES = 100;

  /** No line was written so many nanoseconds after another: few need be searched for a moment. */
  static final long LONGEST = 1_000_000_000L;

  /** Whether a line is to be in a chunk at all. */
  @FunctionalInterface
  interface Choice {
    boolean includes(KeptLine line);
  }

  /** Those of a record. The same lines make the same chunks again. */
  static List<LogChunk> of(Message<LogLines> record, Choice choice) {
    var chunks = new ArrayList<LogChunk>();
    var building = new Building(record.partition(), Arrival.before(record.offset()));
    int count = record.value().lines().size();
    for (int place = 0; place < count; place++) {
      var line =
          new KeptLine(
              record.value().line(place),
              record.partition(),
              Arrival.of(record.offset(), place, count));
      boolean chosen = choice.includes(line);
      if (!chosen || !building.hasRoomFor(line)) {
        building.endInto(chunks);
      }
      if (chosen) {
        building.lines.add(line);
        building.oldest = Math.min(building.oldest, line.time());
        building.newest = Math.max(building.newest, line.time());
      }
      building.seen = line.arrival();
    }
    building.endInto(chunks);
    return chunks;
  }

  /** The one that lines are being added to. */
  private static final class Building {

    private final int partition;
    private long after;
    private long seen;
    private List<KeptLine> lines = new ArrayList<>();
    private long oldest = Long.MAX_VALUE;
    private long newest = Long.MIN_VALUE;

    Building(int partition, long before) {
      this.partition = partition;
      this.after = before;
      this.seen = before;
    }

    boolean hasRoomFor(KeptLine line) {
      return lines.isEmpty()
          || (lines.size() < MOST_LINES
              && line.time() - oldest <= LONGEST
              && newest - line.time() <= LONGEST);
    }

    void endInto(List<LogChunk> chunks) {
      if (!lines.isEmpty()) {
        chunks.add(new LogChunk(partition, after, List.copyOf(lines)));
      }
      after = seen;
      lines = new ArrayList<>();
      oldest = Long.MAX_VALUE;
      newest = Long.MIN_VALUE;
    }
  }

  LogLine first() {
    return lines.getFirst().line();
  }

  long firstArrival() {
    return lines.getFirst().arrival();
  }

  long lastArrival() {
    return lines.getLast().arrival();
  }

  /** Of the texts together. */
  long size() {
    long size = 0;
    for (var line : lines) {
      size += line.line().text().length();
    }
    return size;
  }

  long oldest() {
    return lines.stream().mapToLong(KeptLine::time).min().orElseThrow();
  }

  long newest() {
    return lines.stream().mapToLong(KeptLine::time).max().orElseThrow();
  }
}
