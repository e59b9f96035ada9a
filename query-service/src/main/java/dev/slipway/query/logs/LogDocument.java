package dev.slipway.query.logs;

import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.LogLine;
import dev.slipway.model.container.LogLine.Stream;
import dev.slipway.model.service.ServiceId;
import java.time.Instant;
import org.bson.Document;

/** How a line is stored. Its id makes a line that is shipped twice the same document. */
final class LogDocument {

  /** So many arrivals of a partition share a page, by which they are found. */
  static final long PAGE = 500;

  private static final long NANOS = 1_000_000_000L;

  private LogDocument() {}

  static Document of(KeptLine kept) {
    var line = kept.line();
    return new Document("_id", id(line))
        .append("service", line.service().value())
        .append("container", line.container().value())
        .append("source", line.source())
        .append("stream", line.stream().name())
        .append("time", nanos(line.time()))
        .append("offset", line.offset())
        .append("partition", kept.partition())
        .append("arrival", kept.arrival())
        .append("page", kept.arrival() / PAGE)
        .append("size", line.text().length())
        .append("text", line.text());
  }

  /** Padded, so that the order of a container's ids is that of its lines. */
  static String id(LogLine line) {
    var offset = Long.toString(line.offset());
    return line.container().value() + "|" + "0".repeat(Math.max(0, 15 - offset.length())) + offset;
  }

  static KeptLine line(Document document) {
    var line =
        new LogLine(
            new ServiceId(document.getString("service")),
            new ContainerId(document.getString("container")),
            document.getString("source"),
            Stream.valueOf(document.getString("stream")),
            moment(document.getLong("time")),
            document.getLong("offset"),
            document.getString("text"));
    return new KeptLine(line, document.getInteger("partition", 0), document.get("arrival", -1L));
  }

  /** What {@link #nanos} was given. */
  static Instant moment(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
  }

  /** Since 1970; enough for the next two centuries. */
  static long nanos(Instant instant) {
    return instant.getEpochSecond() * NANOS + instant.getNano();
  }
}
