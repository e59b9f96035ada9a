package dev.slipway.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOptions;
import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.Test;

/**
 * Whatever way an index takes, answers are those of the server without our indexes. {@code
 * -Danswers.seed=…} repeats a run.
 */
class SameAnswersTest {

  private static final int STEPS = 3_000;

  @Test
  void areGivenToAnyQueryAfterAnyChange() {
    long seed = Long.getLong("answers.seed", System.nanoTime());
    System.out.println("answers.seed=" + seed);
    try (var plain = new Side(new MemoryBackend());
        var indexed = new Side(new IndexedBackend())) {
      var random = new Random(seed);
      for (int step = 0; step < STEPS; step++) {
        if (random.nextBoolean()) {
          var document = document(random);
          plain.put(document);
          indexed.put(document);
        } else if (random.nextInt(10) == 0) {
          var filter = filter(random);
          assertThat(indexed.documents.deleteMany(filter).getDeletedCount())
              .as("seed %d, step %d: %s", seed, step, filter)
              .isEqualTo(plain.documents.deleteMany(filter).getDeletedCount());
        } else {
          var filter = filter(random);
          var sort = sort(random);
          int skip = random.nextInt(3);
          int limit = random.nextInt(5);
          assertThat(indexed.find(filter, sort, skip, limit))
              .as("seed %d, step %d: %s by %s, %d, %d", seed, step, filter, sort, skip, limit)
              .isEqualTo(plain.find(filter, sort, skip, limit));
          assertThat(indexed.documents.countDocuments(filter))
              .as("seed %d, step %d: count of %s", seed, step, filter)
              .isEqualTo(plain.documents.countDocuments(filter));
        }
      }
    }
  }

  private static Document document(Random random) {
    return new Document("_id", "id-" + random.nextInt(300))
        .append("group", random.nextInt(8) == 0 ? null : "g" + random.nextInt(3))
        .append("at", random.nextInt(4) == 0 ? (Object) random.nextInt(20) : random.nextLong(20))
        .append("name", "n" + random.nextInt(6))
        .append("labels", List.of("l" + random.nextInt(3), "ü"))
        .append("inner", new Document("share", random.nextDouble()).append("yes", true));
  }

  private static Bson filter(Random random) {
    var parts = new ArrayList<Bson>();
    if (random.nextBoolean()) {
      parts.add(Filters.eq("group", random.nextInt(8) == 0 ? null : "g" + random.nextInt(3)));
    }
    if (random.nextBoolean()) {
      parts.add(Filters.gt("at", random.nextInt(20)));
    }
    if (random.nextBoolean()) {
      parts.add(Filters.lte("at", random.nextLong(20)));
    }
    if (random.nextInt(3) == 0) {
      parts.add(Filters.eq("name", "n" + random.nextInt(6)));
    }
    if (random.nextInt(5) == 0) {
      parts.add(Filters.or(Filters.eq("name", "n1"), Filters.lt("at", 5)));
    }
    return parts.isEmpty() ? new Document() : Filters.and(parts);
  }

  /** Always with ids last, as our own queries: of equals any may come first. */
  private static Bson sort(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> Indexes.ascending("at", "_id");
      case 1 -> Indexes.descending("at", "_id");
      case 2 -> Indexes.compoundIndex(Indexes.descending("at"), Indexes.ascending("_id"));
      default -> Indexes.ascending("name", "_id");
    };
  }

  private static final class Side implements AutoCloseable {

    private final MongoServer server;
    private final MongoClient client;
    private final MongoCollection<Document> documents;

    Side(MongoBackend backend) {
      server = new MongoServer(backend);
      client = MongoClients.create(server.bindAndGetConnectionString());
      documents = client.getDatabase("slipway").getCollection("things");
      documents.createIndex(Indexes.ascending("group", "at", "_id"));
      documents.createIndex(Indexes.ascending("name", "group"));
      documents.createIndex(
          Indexes.compoundIndex(Indexes.ascending("group"), Indexes.descending("at", "_id")));
      documents.createIndex(Indexes.ascending("at"));
    }

    void put(Document document) {
      documents.replaceOne(
          Filters.eq("_id", document.get("_id")), document, new ReplaceOptions().upsert(true));
    }

    List<Document> find(Bson filter, Bson sort, int skip, int limit) {
      return documents.find(filter).sort(sort).skip(skip).limit(limit).into(new ArrayList<>());
    }

    @Override
    public void close() {
      client.close();
      server.shutdownNow();
    }
  }
}
