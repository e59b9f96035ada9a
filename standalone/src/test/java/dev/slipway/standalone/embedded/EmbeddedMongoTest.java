package dev.slipway.standalone.embedded;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.WriteModel;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What read models rely on; all of it is so on a real MongoDB too. */
class EmbeddedMongoTest {

  private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);

  private EmbeddedMongo mongo;
  private MongoClient client;
  private MongoCollection<Document> services;

  @BeforeEach
  void start() {
    mongo = EmbeddedMongo.start();
    client = MongoClients.create(mongo.connectionString("slipway"));
    services = client.getDatabase("slipway").getCollection("services");
  }

  @AfterEach
  void stop() {
    client.close();
    mongo.close();
  }

  @Test
  void replacesAnOlderVersionOnly() {
    services.replaceOne(guard("web", 1), version("web", 1), UPSERT);
    services.replaceOne(guard("web", 3), version("web", 3), UPSERT);

    assertThatThrownBy(() -> services.replaceOne(guard("web", 2), version("web", 2), UPSERT))
        .isInstanceOfSatisfying(
            MongoWriteException.class,
            failure ->
                assertThat(failure.getError().getCategory())
                    .isEqualTo(ErrorCategory.DUPLICATE_KEY));
    assertThat(ids(services.find(and(eq("_id", "web"), eq("version", 3L))))).containsExactly("web");
  }

  @Test
  void doesTheRestOfAnUnorderedBulkWhenSomeFail() {
    services.insertOne(version("b", 1));
    List<WriteModel<Document>> inserts =
        Stream.of("a", "b", "c")
            .<WriteModel<Document>>map(id -> new InsertOneModel<>(version(id, 1)))
            .toList();

    assertThatThrownBy(() -> services.bulkWrite(inserts, new BulkWriteOptions().ordered(false)))
        .isInstanceOfSatisfying(
            MongoBulkWriteException.class,
            failure ->
                assertThat(failure.getWriteErrors())
                    .extracting(BulkWriteError::getIndex)
                    .containsExactly(1));
    assertThat(ids(services.find())).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void followsAnIndexThroughEveryChange() {
    services.createIndex(
        Indexes.ascending("namespace", "state"), new IndexOptions().name("namespace_state"));
    insert("a", "one", "Running");
    insert("b", "one", "Stopped");
    insert("c", "two", "Running");
    services.updateOne(eq("_id", "b"), set("state", "Running"));
    services.deleteOne(eq("_id", "a"));

    assertThat(ids(services.find(state("one", "Running")))).containsExactly("b");
    assertThat(ids(services.find(state("one", "Stopped")))).isEmpty();
    assertThat(services.countDocuments(eq("namespace", "one"))).isEqualTo(1);
    assertThat(ids(services.find(and(in("_id", "b", "c"), eq("state", "Running")))))
        .containsExactlyInAnyOrder("b", "c");
  }

  @Test
  void findsWhatWasThereBeforeTheIndex() {
    insert("a", "one", "Running");
    services.createIndex(Indexes.ascending("namespace"), new IndexOptions().name("namespace"));

    assertThat(ids(services.find(eq("namespace", "one")))).containsExactly("a");
  }

  @Test
  void findsEqualNumbersOfAnyType() {
    services.createIndex(Indexes.ascending("size"), new IndexOptions().name("size"));
    services.insertMany(
        List.of(
            new Document("_id", "int").append("size", 2),
            new Document("_id", "long").append("size", 2L)));

    assertThat(ids(services.find(eq("size", 2.0)))).containsExactlyInAnyOrder("int", "long");
  }

  @Test
  void findsElementsOfArrays() {
    services.createIndex(Indexes.ascending("tags"), new IndexOptions().name("tags"));
    services.insertOne(new Document("_id", "a").append("tags", List.of("x", "y")));

    assertThat(ids(services.find(eq("tags", "y")))).containsExactly("a");
  }

  @Test
  void findsWhatIsMissing() {
    services.createIndex(Indexes.ascending("ended"), new IndexOptions().name("ended"));
    services.insertMany(
        List.of(new Document("_id", "a").append("ended", "now"), new Document("_id", "b")));

    assertThat(ids(services.find(eq("ended", null)))).containsExactly("b");
  }

  @Test
  void findsRangesOfIdsInOrder() {
    services.insertMany(Stream.of("a|1", "a|2", "a|3", "b|1").map(id -> version(id, 1)).toList());

    assertThat(
            ids(
                services
                    .find(and(gte("_id", "a|"), lt("_id", "a|~")))
                    .sort(descending("_id"))
                    .limit(2)))
        .containsExactly("a|3", "a|2");
    assertThat(services.deleteMany(and(gte("_id", "a|1"), lt("_id", "a|3"))).getDeletedCount())
        .isEqualTo(2);
    assertThat(ids(services.find(and(gte("_id", "a|"), lt("_id", "a|~"))))).containsExactly("a|3");
    assertThat(ids(services.find(and(gte("_id", "z"), lt("_id", "a"))))).isEmpty();
  }

  @Test
  void pagesByKey() {
    services.createIndex(Indexes.ascending("namespace"), new IndexOptions().name("namespace"));
    IntStream.range(0, 50).forEach(i -> insert("s%02d".formatted(i), "one", "Running"));

    var second =
        services
            .find(and(eq("namespace", "one"), com.mongodb.client.model.Filters.gt("_id", "s09")))
            .sort(ascending("_id"))
            .limit(10);
    assertThat(ids(second)).hasSize(10).startsWith("s10").endsWith("s19");
  }

  @Test
  void countsWithSkipAndLimit() {
    IntStream.range(0, 10).forEach(i -> insert("s" + i, "one", "Running"));

    assertThat(services.countDocuments()).isEqualTo(10);
    assertThat(services.countDocuments(eq("namespace", "none"))).isZero();
    assertThat(services.countDocuments(eq("namespace", "one"), new CountOptions().skip(8).limit(5)))
        .isEqualTo(2);
    assertThat(client.getDatabase("slipway").getCollection("none").countDocuments()).isZero();
  }

  @Test
  void keepsAUniqueIndex() {
    services.createIndex(
        Indexes.ascending("name"), new IndexOptions().name("name").unique(true).sparse(true));
    services.insertMany(
        List.of(new Document("_id", "a"), new Document("_id", "b"), named("c", "web")));

    assertThat(ids(services.find(and(eq("name", "web"), eq("_id", "c"))))).containsExactly("c");
    assertThatThrownBy(() -> services.insertOne(named("d", "web")))
        .isInstanceOf(MongoWriteException.class);
  }

  /**
   * Each document's two fields are always written alike, so a reader must never see them differ.
   */
  @Test
  void neverShowsADocumentHalfWritten() throws Exception {
    services.insertOne(pair(0));
    var writer =
        Thread.ofPlatform()
            .start(
                () ->
                    IntStream.range(1, 5_000)
                        .forEach(i -> services.replaceOne(eq("_id", "pair"), pair(i))));
    while (writer.isAlive()) {
      var seen = Objects.requireNonNull(services.find(eq("_id", "pair")).first());
      assertThat(seen.get("left")).isEqualTo(seen.get("right"));
      var changed =
          Objects.requireNonNull(
              services.findOneAndUpdate(
                  eq("_id", "pair"),
                  set("seen", true),
                  new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER)));
      assertThat(changed.get("left")).isEqualTo(changed.get("right"));
    }
    writer.join();
  }

  private static Document pair(int i) {
    var pair = new Document("_id", "pair").append("left", i);
    IntStream.range(0, 50).forEach(filler -> pair.append("filler" + filler, i));
    return pair.append("right", i);
  }

  private void insert(String id, String namespace, String state) {
    services.insertOne(
        new Document("_id", id).append("namespace", namespace).append("state", state));
  }

  private static Bson state(String namespace, String state) {
    return and(eq("namespace", namespace), eq("state", state));
  }

  private static Bson guard(String id, long version) {
    return and(eq("_id", id), lt("version", version));
  }

  private static Document version(String id, long version) {
    return new Document("_id", id).append("version", version);
  }

  private static Document named(String id, String name) {
    return new Document("_id", id).append("name", name);
  }

  private static List<String> ids(com.mongodb.client.FindIterable<Document> found) {
    return found.map(document -> document.getString("_id")).into(new java.util.ArrayList<>());
  }
}
