package dev.slipway.query.logs;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lte;

import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import dev.slipway.model.container.LogLines;
import dev.slipway.query.projection.Projection.Message;
import dev.slipway.query.projection.ViewCollection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;

/**
 * Tells lines that came before, in an earlier record: an agent that does not know whether they
 * arrived sends them again, in records that may begin and end elsewhere. Most records go on where
 * the one before ended, and nothing is looked up for those.
 */
final class KnownLines {

  private static final int REMEMBERED = 10_000;

  private final ViewCollection chunks;

  /** By container the number of the line that follows all that are stored. */
  private final LinkedHashMap<String, Long> ends =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** By partition the record that follows the one read last. */
  private final Map<Integer, Long> nextRecords = new HashMap<>();

  KnownLines(ViewCollection chunks) {
    this.chunks = chunks;
  }

  /** Those lines of the records that came in no earlier one. To be called in their order. */
  List<LogChunk> without(List<Message<LogLines>> records) {
    var fresh = new ArrayList<LogChunk>();
    for (var record : records) {
      forgetIfOthersRead(record);
      var container = record.value().container().value();
      long end = ends.computeIfAbsent(container, this::end);
      if (record.value().offset() >= end) {
        fresh.addAll(LogChunk.of(record, _ -> true));
      } else {
        var before = arrivals(record.value(), fresh);
        fresh.addAll(LogChunk.of(record, line -> isFirst(line, before)));
      }
      ends.merge(container, record.value().offset() + record.value().lines().size(), Math::max);
    }
    return fresh;
  }

  /** What this process remembers is true as long as it reads every record of a partition. */
  private void forgetIfOthersRead(Message<LogLines> record) {
    var expected = nextRecords.put(record.partition(), record.offset() + 1);
    if (expected == null || expected != record.offset()) {
      ends.clear();
    }
  }

  /** To be called when what was found new was not stored. */
  void forget() {
    ends.clear();
    nextRecords.clear();
  }

  private long end(String container) {
    var last =
        chunks
            .documents()
            .find(
                and(
                    gte("_id", LogDocument.id(container, 0)),
                    lte("_id", LogDocument.id(container, Long.MAX_VALUE))))
            .projection(Projections.include("offset", "count"))
            .sort(Sorts.descending("_id"))
            .limit(1)
            .first();
    return last == null ? 0 : last.getLong("offset") + last.getInteger("count");
  }

  /** By its number, each line that is stored, or about to be. */
  private Map<Long, KeptLine> arrivals(LogLines lines, List<LogChunk> fresh) {
    var container = lines.container().value();
    long from = Math.max(0, lines.offset() - LogChunk.MOST_LINES);
    var stored =
        chunks
            .documents()
            .find(
                and(
                    gte("_id", LogDocument.id(container, from)),
                    lte("_id", LogDocument.id(container, lines.offset() + LogLines.MOST))));
    var arrivals = new HashMap<Long, KeptLine>();
    fresh.stream()
        .filter(chunk -> chunk.first().container().equals(lines.container()))
        .forEach(chunk -> note(chunk, arrivals));
    for (Document chunk : stored) {
      note(LogDocument.chunk(chunk), arrivals);
    }
    return arrivals;
  }

  private static void note(LogChunk chunk, Map<Long, KeptLine> arrivals) {
    chunk.lines().forEach(line -> arrivals.put(line.line().offset(), line));
  }

  private static boolean isFirst(KeptLine line, Map<Long, KeptLine> before) {
    var kept = before.get(line.line().offset());
    return kept == null
        || (kept.partition() == line.partition() && kept.arrival() == line.arrival());
  }
}
