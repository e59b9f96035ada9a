package dev.slipway.model.container;

import dev.slipway.model.container.LogLine.Stream;
import dev.slipway.model.service.ServiceId;
import java.time.Instant;
import java.util.List;

/**
 * Lines that one container wrote one after the other, as one record of their topic.
 *
 * @param source the container's name, such as {@code web-1}
 * @param offset of the first line; each of the others has the next one. See {@link LogLine}
 * @param lines at most {@link #MOST}
 */
public record LogLines(
    ServiceId service, ContainerId container, String source, long offset, List<Line> lines) {

  /** So many lines travel in one record. */
  public static final int MOST = 1_000;

  private static final long NANOS = 1_000_000_000L;

  /**
   * What is said of each line.
   *
   * @param time nanoseconds since 1970; enough for the next two centuries
   */
  public record Line(Stream stream, long time, String text) {

    public static Line of(LogLine line) {
      return new Line(line.stream(), nanos(line.time()), line.text());
    }
  }

  /**
   * @throws IllegalArgumentException if these are too many
   */
  public LogLines {
    if (lines.size() > MOST) {
      throw new IllegalArgumentException(lines.size() + " lines in one record");
    }
    lines = List.copyOf(lines);
  }

  public static LogLines of(LogLine line) {
    return new LogLines(
        line.service(), line.container(), line.source(), line.offset(), List.of(Line.of(line)));
  }

  /** The line at that place among them, from 0. */
  public LogLine line(int index) {
    var line = lines.get(index);
    return new LogLine(
        service, container, source, line.stream, moment(line.time), offset + index, line.text);
  }

  /** Nanoseconds since 1970. */
  public static long nanos(Instant moment) {
    return moment.getEpochSecond() * NANOS + moment.getNano();
  }

  /** What {@link #nanos} was given. */
  public static Instant moment(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
  }
}
