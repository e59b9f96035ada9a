package dev.slipway.query.logs;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Indexes;
import dev.slipway.model.container.LogLine;
import dev.slipway.query.projection.ViewCollection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;

/** The lines that are kept. */
final class LogStore {

  private static final int BATCH = 1_000;

  private final ViewCollection lines;

  LogStore(MongoDatabase database) {
    this.lines = new ViewCollection(database, "logs");
  }

  void prepare() {
    lines.index("by_service", Indexes.ascending("service", "time", "_id"));
    lines.index("by_container", Indexes.ascending("container", "_id"));
    lines.index("by_time", Indexes.ascending("time"));
  }

  void add(Collection<LogLine> added) {
    lines.insertNew(added.stream().map(LogDocument::of).toList());
  }

  /** The last lines, oldest first. */
  List<LogLine> tail(LogTarget target, int count) {
    if (count == 0) {
      return List.of();
    }
    return lines
        .documents()
        .find(eq(target.field(), target.id()))
        .sort(target.isService() ? Indexes.descending("time", "_id") : Indexes.descending("_id"))
        .limit(count)
        .batchSize(BATCH)
        .map(LogDocument::line)
        .into(new ArrayList<>())
        .reversed();
  }

  /** By container: the offset of the last line that is stored. */
  Map<String, Long> lastOffsets(LogTarget target) {
    var last = new HashMap<String, Long>();
    lines
        .documents()
        .aggregate(
            List.of(
                Aggregates.match(eq(target.field(), target.id())),
                Aggregates.group("$container", Accumulators.max("last", "$offset"))))
        .forEach(
            found -> last.put(found.getString("_id"), found.get("last", Number.class).longValue()));
    return last;
  }

  /** Lines of one container that come after the offset, in their order, a number of them. */
  List<LogLine> after(String container, long offset) {
    return lines
        .documents()
        .find(and(eq("container", container), gt("offset", offset)))
        .sort(Indexes.ascending("_id"))
        .limit(BATCH)
        .map(LogDocument::line)
        .into(new ArrayList<>());
  }

  void dropBefore(Instant moment) {
    lines.documents().deleteMany(lt("time", LogDocument.nanos(moment)));
  }

  /** Drops the oldest until about so many are left. */
  void dropAllBut(long kept) {
    long excess = lines.documents().estimatedDocumentCount() - kept;
    if (excess <= 0) {
      return;
    }
    var lastToGo =
        lines
            .documents()
            .find()
            .projection(new Document("time", 1))
            .sort(Indexes.ascending("time", "_id"))
            .skip((int) Math.min(Integer.MAX_VALUE, excess - 1))
            .limit(1)
            .first();
    if (lastToGo != null) {
      lines.documents().deleteMany(lte("time", lastToGo.getLong("time")));
    }
  }
}
