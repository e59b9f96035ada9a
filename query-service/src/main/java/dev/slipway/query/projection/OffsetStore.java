package dev.slipway.query.projection;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.ne;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.ReplaceOptions;
import dev.slipway.model.wire.LogCopy;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.bson.Document;

/**
 * How far each partition is in the views. It is kept beside them and written after them, so an
 * empty store reads the log from its beginning, and nothing is ever left out.
 */
final class OffsetStore {

  private static final String TOPIC_ID = "topicId";
  private static final String INSTALLATION = "installation";
  private static final String COPY = "copy/";

  private final ViewCollection offsets;

  OffsetStore(MongoDatabase database) {
    this.offsets = new ViewCollection(database, "offsets");
  }

  /**
   * The next offset to read of each partition that has one. What was stored of a topic that has
   * been made anew since means nothing and is forgotten.
   */
  Map<TopicPartition, Long> load(
      Collection<TopicPartition> partitions, Map<String, String> topicIds) {
    var found = offsets.load(partitions.stream().map(TopicPartition::toString).toList());
    var next = new HashMap<TopicPartition, Long>();
    for (var partition : partitions) {
      var document = found.get(partition.toString());
      var topicId = topicIds.get(partition.topic());
      if (document != null && document.getString(TOPIC_ID).equals(topicId)) {
        next.put(partition, document.getLong(ViewCollection.VERSION));
      } else if (document != null) {
        offsets
            .documents()
            .deleteOne(and(eq(ViewCollection.ID, partition.toString()), ne(TOPIC_ID, topicId)));
      }
    }
    return next;
  }

  /** The copy of the log that a loop's views were made from; empty if none is known. */
  Optional<LogCopy> copy(String loop) {
    var document = offsets.load(List.of(COPY + loop)).get(COPY + loop);
    return document == null
        ? Optional.empty()
        : Optional.of(
            new LogCopy(
                document.getString(INSTALLATION),
                (int) (long) document.getLong(ViewCollection.VERSION)));
  }

  void store(String loop, LogCopy copy) {
    var document =
        new Document(ViewCollection.ID, COPY + loop)
            .append(ViewCollection.VERSION, (long) copy.epoch())
            .append(INSTALLATION, copy.installation());
    offsets
        .documents()
        .replaceOne(
            eq(ViewCollection.ID, COPY + loop), document, new ReplaceOptions().upsert(true));
  }

  /** Forgets how far partitions were read. */
  void forget(Collection<TopicPartition> partitions) {
    offsets
        .documents()
        .deleteMany(
            in(ViewCollection.ID, partitions.stream().map(TopicPartition::toString).toList()));
  }

  void store(Map<TopicPartition, Long> next, Map<String, String> topicIds) {
    List<Document> documents =
        next.entrySet().stream()
            .map(
                entry ->
                    new Document(ViewCollection.ID, entry.getKey().toString())
                        .append(ViewCollection.VERSION, entry.getValue())
                        .append(TOPIC_ID, topicIds.get(entry.getKey().topic())))
            .toList();
    offsets.replaceOlder(documents);
  }
}
