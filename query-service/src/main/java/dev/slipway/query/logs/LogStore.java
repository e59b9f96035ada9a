package dev.slipway.query.logs;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Filters.regex;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import dev.slipway.query.logs.LogPosition.Place;
import dev.slipway.query.logs.LogRequest.Wanted;
import dev.slipway.query.projection.ViewCollection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** The lines that are kept. */
final class LogStore {

  private static final int BATCH = 200;
  private static final Bson BY_TIME = Indexes.ascending("time", "_id");

  private final ViewCollection lines;
  private final LogTrimming trimming;

  LogStore(MongoDatabase database) {
    this.lines = new ViewCollection(database, "logs");
    this.trimming = new LogTrimming(lines);
  }

  void prepare() {
    lines.index("by_service", Indexes.ascending("service", "time", "_id"));
    lines.index("by_container", Indexes.ascending("container", "time", "_id"));
    lines.index("by_arrival", Indexes.ascending("partition", "page", "arrival"));
    lines.index("by_time_and_size", Indexes.ascending("time", "size"));
  }

  /** Those that were not kept already from an earlier record. */
  List<KeptLine> add(List<KeptLine> added) {
    var there = trimming.insert(added);
    if (there.isEmpty()) {
      return added;
    }
    var first = lines.load(there);
    return added.stream()
        .filter(line -> isFirst(line, first.get(LogDocument.id(line.line()))))
        .toList();
  }

  private static boolean isFirst(KeptLine line, @Nullable Document kept) {
    return kept == null
        || (kept.getInteger("partition") == line.partition()
            && kept.getLong("arrival") == line.arrival());
  }

  /** The place that so many of the last lines begin at, empty if there are not so many. */
  Optional<Place> beginningOfTail(LogTarget target, Wanted wanted, int count) {
    return Optional.ofNullable(
            lines
                .documents()
                .find(filter(target, wanted))
                .projection(new Document("time", 1))
                .sort(Indexes.descending("time", "_id"))
                .skip(count - 1)
                .limit(1)
                .first())
        .map(found -> new Place(found.getLong("time"), found.getString("_id")));
  }

  /** In the order of time, from a place on or from behind it; read bit by bit. */
  FindIterable<Document> byTime(
      LogTarget target, Wanted wanted, @Nullable Place place, boolean including) {
    var parts = new ArrayList<>(List.of(filter(target, wanted)));
    if (place != null) {
      parts.add(gte("time", place.time()));
      parts.add(
          or(gt("time", place.time()), including ? gte("_id", place.id()) : gt("_id", place.id())));
    }
    return lines.documents().find(and(parts)).sort(BY_TIME).batchSize(BATCH);
  }

  private static Bson filter(LogTarget target, Wanted wanted) {
    var parts = new ArrayList<Bson>();
    parts.add(eq(target.field(), target.id()));
    if (wanted.since() != null) {
      parts.add(gte("time", LogDocument.nanos(wanted.since())));
    }
    if (wanted.until() != null) {
      parts.add(lte("time", LogDocument.nanos(wanted.until())));
    }
    if (wanted.grep() != null) {
      parts.add(regex("text", Pattern.compile(Pattern.quote(wanted.grep()))));
    }
    return and(parts);
  }

  /** The first line of the partition that is kept after that one, in the order of arrival. */
  Optional<KeptLine> firstAfter(LogTarget target, int partition, long arrival) {
    return Optional.ofNullable(
            lines
                .documents()
                .find(
                    and(
                        eq(target.field(), target.id()),
                        eq("partition", partition),
                        gt("arrival", arrival)))
                .sort(Indexes.ascending("arrival"))
                .limit(1)
                .first())
        .map(LogDocument::line);
  }

  /** The first arrival of a partition that is kept, empty if none is. */
  OptionalLong firstArrival(int partition) {
    var first =
        lines
            .documents()
            .find(eq("partition", partition))
            .projection(new Document("arrival", 1))
            .sort(Indexes.ascending("page", "arrival"))
            .limit(1)
            .first();
    return first == null ? OptionalLong.empty() : OptionalLong.of(first.getLong("arrival"));
  }

  /** The lines of one page that came after that one, in the order of arrival. */
  List<KeptLine> page(LogTarget target, int partition, long page, long after) {
    return lines
        .documents()
        .find(
            and(
                eq("partition", partition),
                eq("page", page),
                eq(target.field(), target.id()),
                gt("arrival", after)))
        .sort(Indexes.ascending("arrival"))
        .map(LogDocument::line)
        .into(new ArrayList<>());
  }

  long count() {
    return lines.documents().estimatedDocumentCount();
  }

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
            lines
                .documents()
                .find()
                .projection(new Document("time", 1))
                .sort(Indexes.ascending("time"))
                .limit(1)
                .first())
        .map(line -> LogDocument.moment(line.getLong("time")));
  }
}
