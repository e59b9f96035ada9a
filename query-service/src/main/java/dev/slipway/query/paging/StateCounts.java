package dev.slipway.query.paging;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.Document;
import org.bson.conversions.Bson;

/** Counts documents by their {@code state}. */
public final class StateCounts {

  private static final String COUNT = "count";

  private StateCounts() {}

  /** The number of matching documents per state; states that no document has are absent. */
  public static Map<String, Long> of(MongoCollection<Document> documents, Bson filter) {
    var counts = new TreeMap<String, Long>();
    documents
        .aggregate(
            List.of(
                Aggregates.match(filter), Aggregates.group("$state", Accumulators.sum(COUNT, 1L))))
        .forEach(
            group ->
                counts.put(group.getString("_id"), group.get(COUNT, Number.class).longValue()));
    return counts;
  }
}
