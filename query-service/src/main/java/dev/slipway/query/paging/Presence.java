package dev.slipway.query.paging;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import dev.slipway.model.Namespace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Which terminated things lists still show: those of the last while, unless one that lives has the
 * name or the beginning of a uuid that was asked for, and of each namespace not more than fill a
 * page. Documents carry {@code terminated} and, in milliseconds, {@code terminatedAt}; and {@code
 * listed}, true until the while ends, so that what lists show is found and counted by an index
 * however much has been terminated.
 *
 * @param shown how long a terminated thing stays in lists
 */
public record Presence(Clock clock, Duration shown) {

  /** An index by which those are found whose while is over. */
  public static final Bson BY_END = Indexes.ascending("listed", "terminatedAt");

  /** How many terminated things of a namespace lists show: the latest. */
  static final int MOST_TERMINATED = 25;

  private static final Bson LIVE = eq("terminated", false);
  private static final Bson LISTED = eq("listed", true);

  /** Adds to a document what the rule above is told by. */
  public static Document mark(Document document, boolean terminated, @Nullable Instant at) {
    return document
        .append("listed", true)
        .append("terminated", terminated)
        .append("terminatedAt", at == null ? null : at.toEpochMilli());
  }

  /** What lists show at this moment. */
  public Bson listed(MongoCollection<Document> documents) {
    var _ = documents.updateMany(overdue(), set("listed", false));
    return LISTED;
  }

  private Bson overdue() {
    return and(
        LISTED, gt("terminatedAt", 0L), lte("terminatedAt", clock.millis() - shown.toMillis()));
  }

  /** Keeps old clients, which know no filter against it, from reading what ended long ago. */
  private static void limit(Namespace namespace, MongoCollection<Document> documents) {
    var terminated = and(eq("namespace", namespace.value()), LISTED, gt("terminatedAt", 0L));
    var oldest =
        documents
            .find(terminated)
            .sort(Sorts.descending("terminatedAt"))
            .skip(MOST_TERMINATED - 1)
            .limit(1)
            .first();
    if (oldest != null) {
      var older = and(terminated, lt("terminatedAt", oldest.getLong("terminatedAt")));
      var _ = documents.updateMany(older, set("listed", false));
    }
  }

  /** The documents that the query's filters and the rule above leave. */
  public Bson filter(
      Namespace namespace, ListQuery query, Bson wanted, MongoCollection<Document> documents) {
    if (query.has("uuid")) {
      return wanted;
    }
    boolean byName = query.has("name") || query.has("uuid__startswith");
    if (byName && !query.has("state") && documents.find(and(wanted, LIVE)).first() != null) {
      return and(wanted, LIVE);
    }
    var listed = listed(documents);
    limit(namespace, documents);
    return and(wanted, listed);
  }
}
