package dev.slipway.query.logs;

import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.LogLine;
import dev.slipway.model.container.LogLines;
import dev.slipway.model.container.LogLines.Line;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.Wire;
import dev.slipway.query.projection.ViewCollection;
import java.util.ArrayList;
import org.bson.Document;

/**
 * How a chunk is stored: what it is found by in fields of their own, and its lines as one text. Its
 * id is that of its first line.
 */
final class LogDocument {

  private static final int DIGITS = 15;

  private LogDocument() {}

  static Document of(LogChunk chunk) {
    var first = chunk.first();
    return new Document("_id", id(first))
        .append("service", first.service().value())
        .append("container", first.container().value())
        .append("source", first.source())
        .append("offset", first.offset())
        .append("partition", chunk.partition())
        .append("after", chunk.after())
        .append("arrival", chunk.firstArrival())
        .append("last", chunk.lastArrival())
        .append("oldest", chunk.oldest())
        .append("newest", chunk.newest())
        .append("count", chunk.lines().size())
        .append("size", chunk.size())
        .append("lines", Wire.MAPPER.writeValueAsString(lines(chunk)));
  }

  private static Line[] lines(LogChunk chunk) {
    return chunk.lines().stream().map(kept -> Line.of(kept.line())).toArray(Line[]::new);
  }

  static String id(LogLine line) {
    return id(line.container().value(), line.offset());
  }

  /** Padded, so that the order of a container's ids is that of its lines. */
  static String id(String container, long offset) {
    return container + "|" + ViewCollection.padded(offset, DIGITS);
  }

  static LogChunk chunk(Document document) {
    var service = new ServiceId(document.getString("service"));
    var container = new ContainerId(document.getString("container"));
    var source = document.getString("source");
    int partition = document.getInteger("partition");
    long offset = document.getLong("offset");
    long arrival = document.getLong("arrival");
    var lines = Wire.MAPPER.readValue(document.getString("lines"), Line[].class);
    var kept = new ArrayList<KeptLine>(lines.length);
    for (int i = 0; i < lines.length; i++) {
      var one = lines[i];
      var time = LogLines.moment(one.time());
      kept.add(
          new KeptLine(
              new LogLine(service, container, source, one.stream(), time, offset + i, one.text()),
              partition,
              i == lines.length - 1 ? document.getLong("last") : arrival + i));
    }
    return new LogChunk(partition, document.getLong("after"), kept);
  }
}
