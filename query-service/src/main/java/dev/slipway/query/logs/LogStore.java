package dev.slipway.query.logs;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lte;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import dev.slipway.model.container.LogLines;
import dev.slipway.query.logs.LogPosition.Place;
import dev.slipway.query.logs.LogRequest.Wanted;
import dev.slipway.query.projection.Projection.Message;
import dev.slipway.query.projection.ViewCollection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** The lines that are kept. */
final class LogStore {

  private static final int BATCH = 50;

  private final ViewCollection chunks;
  private final KnownLines known;
  private final LogTrimming trimming;

  LogStore(MongoDatabase database) {
    this.chunks = new ViewCollection(database, "logs");
    this.known = new KnownLines(chunks);
    this.trimming = new LogTrimming(chunks);
  }

  void prepare() {
    chunks.index("by_service", Indexes.ascending("service", "oldest"));
    chunks.index("by_container", Indexes.ascending("container", "oldest"));
    chunks.index("by_arrival", Indexes.ascending("partition", "arrival"));
    chunks.index("by_time", Indexes.ascending("oldest"));
  }

  /** Those that were not kept already from an earlier record. */
  List<LogChunk> add(List<Message<LogLines>> records) {
    try {
      var fresh = known.without(records);
      trimming.insert(fresh);
      return fresh;
    } catch (RuntimeException failure) {
      known.forget();
      throw failure;
    }
  }

  /** The place that so many of the last lines begin at, empty if there are not so many. */
  Optional<Place> beginningOfTail(LogTarget target, Wanted wanted, int count) {
    var tail = new PriorityQueue<Place>();
    try (var found =
        find(target, wanted, null).sort(Indexes.descending("oldest")).batchSize(BATCH).cursor()) {
      while (found.hasNext()) {
        var document = found.next();
        if (tail.size() == count
            && document.getLong("oldest") + LogChunk.LONGEST < tail.element().time()) {
          break;
        }
        for (var line : LogDocument.chunk(document).lines()) {
          if (wanted.includes(line.line())) {
            tail.add(Place.of(line));
          }
          if (tail.size() > count) {
            tail.remove();
          }
        }
      }
    }
    return tail.size() == count ? Optional.of(tail.element()) : Optional.empty();
  }

  /** In the order of time, from a place on or from behind it; read bit by bit. */
  LinesByTime byTime(LogTarget target, Wanted wanted, @Nullable Place place, boolean including) {
    var found = find(target, wanted, place).sort(Indexes.ascending("oldest")).batchSize(BATCH);
    return new LinesByTime(
        found.cursor(),
        line ->
            wanted.includes(line.line())
                && (place == null || place.compareTo(Place.of(line)) < (including ? 1 : 0)));
  }

  /** All chunks with lines of that time, and maybe a few more. */
  private FindIterable<Document> find(LogTarget target, Wanted wanted, @Nullable Place place) {
    var parts = new ArrayList<Bson>();
    parts.add(eq(target.field(), target.id()));
    if (place != null) {
      parts.add(gte("oldest", place.time() - LogChunk.LONGEST));
    } else if (wanted.since() != null) {
      parts.add(gte("oldest", LogLines.nanos(wanted.since()) - LogChunk.LONGEST));
    }
    if (wanted.until() != null) {
      parts.add(lte("oldest", LogLines.nanos(wanted.until())));
    }
    return chunks.documents().find(and(parts));
  }

  /** After which arrival all lines of a partition are kept, empty if none are. */
  OptionalLong keptAfter(int partition) {
    var first =
        chunks
            .documents()
            .find(eq("partition", partition))
            .projection(new Document("after", 1))
            .sort(Indexes.ascending("arrival"))
            .limit(1)
            .first();
    return first == null ? OptionalLong.empty() : OptionalLong.of(first.getLong("after"));
  }

  /**
   * The first chunks with lines that arrived after that one, in the order of arrival: together so
   * many lines or a few more, or all there are.
   */
  List<LogChunk> arrived(LogTarget target, int partition, long after, long upTo, int lines) {
    var range =
        and(
            eq("partition", partition),
            gt("arrival", after - Arrival.places()),
            lte("arrival", upTo),
            gt("last", after),
            eq(target.field(), target.id()));
    var first = new ArrayList<LogChunk>();
    int count = 0;
    var found = chunks.documents().find(range).sort(Indexes.ascending("arrival")).limit(lines);
    try (var cursor = found.batchSize(lines).cursor()) {
      while (count < lines && cursor.hasNext()) {
        var chunk = LogDocument.chunk(cursor.next());
        first.add(chunk);
        count += chunk.lines().size();
      }
    }
    return first;
  }

  /** How many lines. */
  long count() {
    return trimming.lines();
  }

  /** Drops what is older, but for lines of the second before that moment. */
  void dropBefore(Instant moment) {
    trimming.dropBefore(moment);
  }

  /** Drops the oldest until what is left is within both limits. */
  void dropAllBut(long count, long characters) {
    trimming.dropAllBut(count, characters);
  }

  /** When the oldest line that is kept was written, empty if none is. */
  Optional<Instant> oldest() {
    return Optional.ofNullable(
            chunks
                .documents()
                .find()
                .projection(new Document("oldest", 1))
                .sort(Indexes.ascending("oldest"))
                .limit(1)
                .first())
        .map(chunk -> LogLines.moment(chunk.getLong("oldest")));
  }
}
