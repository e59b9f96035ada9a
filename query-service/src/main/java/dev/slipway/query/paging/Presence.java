package dev.slipway.query.paging;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.or;

import com.mongodb.client.MongoCollection;
import java.time.Clock;
import java.time.Duration;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Which terminated things lists still show: those of the last while, unless one that lives has the
 * name or the beginning of a uuid that was asked for. Documents carry {@code terminated} and, in
 * milliseconds, {@code terminatedAt}.
 *
 * @param shown how long a terminated thing stays in lists
 */
public record Presence(Clock clock, Duration shown) {

  private static final Bson LIVE = eq("terminated", false);

  /** What lists show at this moment. */
  public Bson listed() {
    return or(LIVE, gt("terminatedAt", clock.millis() - shown.toMillis()));
  }

  /** The documents that the query's filters and the rule above leave. */
  public Bson filter(ListQuery query, Bson wanted, MongoCollection<Document> documents) {
    if (query.has("uuid")) {
      return wanted;
    }
    boolean byName = query.has("name") || query.has("uuid__startswith");
    if (byName && !query.has("state") && documents.find(and(wanted, LIVE)).first() != null) {
      return and(wanted, LIVE);
    }
    return and(wanted, listed());
  }
}
