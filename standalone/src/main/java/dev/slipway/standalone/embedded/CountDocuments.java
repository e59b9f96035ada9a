package dev.slipway.standalone.embedded;

import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.Optional;

/**
 * The aggregation that drivers send for {@code countDocuments}. The server would read every
 * document for it.
 */
record CountDocuments(String collection, Document filter, int skip, int limit) {

  private static final Document COUNT_ALL =
      new Document("$group", new Document("_id", 1).append("n", new Document("$sum", 1)));

  static Optional<CountDocuments> in(String command, Document query) {
    if (!command.equalsIgnoreCase("aggregate")
        || !(query.get(command) instanceof String collection)
        || !(query.get("pipeline") instanceof List<?> pipeline)
        || pipeline.isEmpty()
        || !COUNT_ALL.equals(pipeline.getLast())) {
      return Optional.empty();
    }
    return inStages(collection, pipeline.subList(0, pipeline.size() - 1));
  }

  /** Drivers send at most one of each, in this order. Other pipelines are left to the server. */
  private static Optional<CountDocuments> inStages(String collection, List<?> stages) {
    var filter = new Document();
    int skip = 0;
    int limit = 0;
    int last = 0;
    for (var stage : stages) {
      var entry = ((Document) stage).entrySet().iterator().next();
      int order = List.of("$match", "$skip", "$limit").indexOf(entry.getKey()) + 1;
      if (order <= last) {
        return Optional.empty();
      }
      last = order;
      switch (order) {
        case 1 -> filter = (Document) entry.getValue();
        case 2 -> skip = ((Number) entry.getValue()).intValue();
        default -> limit = ((Number) entry.getValue()).intValue();
      }
    }
    return Optional.of(new CountDocuments(collection, filter, skip, limit));
  }
}
