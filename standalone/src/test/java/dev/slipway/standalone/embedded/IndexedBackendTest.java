package dev.slipway.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.NoopOplog;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That indexes are used at all can't be seen from outside, so their own answers are looked at. */
class IndexedBackendTest {

  private final Index<Integer> byId = new UniqueIndex("ids", keys("_id"), false);
  private final List<PrefixIndex> ofCollection = new ArrayList<>();
  private final Index<Integer> byState =
      new PrefixIndex("state", keys("namespace", "state"), ofCollection);

  @Test
  void usesAnIdBesideOtherConditions() {
    var guard = new Document("_id", "b").append("version", new Document("$lt", 5));

    assertThat(positions(byId, guard)).containsExactly(1);
    assertThat(
            positions(
                byId,
                new Document("$and", List.of(new Document("_id", "b"), new Document("x", 1)))))
        .containsExactly(1);
    assertThat(positions(byId, new Document("_id", new Document("$eq", "b")))).containsExactly(1);
    assertThat(
            positions(
                byId,
                new Document("_id", new Document("$in", List.of("a", "b", "z"))).append("x", 1)))
        .containsExactlyInAnyOrder(0, 1);
  }

  @Test
  void usesAClosedRangeOfIds() {
    var range = new Document("_id", new Document("$gte", "a").append("$lt", "c"));

    assertThat(positions(byId, range)).containsExactly(0, 1, 2);
    assertThat(canHandle(byId, new Document("_id", new Document("$gt", "a")))).isFalse();
  }

  @Test
  void usesAsManyKeysAsAreGiven() {
    assertThat(positions(byState, new Document("namespace", "one")))
        .containsExactlyInAnyOrder(0, 1);
    assertThat(positions(byState, new Document("namespace", "one").append("state", "Stopped")))
        .containsExactly(1);
    assertThat(canHandle(byState, new Document("state", "Stopped"))).isFalse();
  }

  @Test
  void leavesToAnotherIndexWhatThatHasFewerOf() {
    var byEnd = new PrefixIndex("end", keys("state"), ofCollection);
    var collection = collectionOf(byState);
    collection.addIndex(byEnd);
    var stopped = new Document("namespace", "one").append("state", "Stopped");
    assertThat(byState.canHandle(stopped)).isTrue();
    assertThat(byEnd.canHandle(stopped)).isTrue();
    var some = new Document("namespace", "two").append("state", "Running");
    assertThat(byState.canHandle(some)).isTrue();
    assertThat(byEnd.canHandle(some)).isFalse();
    byEnd.drop();
    assertThat(byState.canHandle(new Document("namespace", "one"))).isTrue();
  }

  @Test
  void leavesAlternativesAndNullToAScan() {
    assertThat(canHandle(byState, new Document("namespace", null))).isFalse();
    assertThat(canHandle(byState, new Document("$or", List.of(new Document("namespace", "one")))))
        .isFalse();
    assertThat(canHandle(byId, new Document("_id", new Document("$ne", "a")))).isFalse();
  }

  @Test
  void forgetsWhatIsDeletedAndChanged() {
    var collection = collectionOf(byState);
    collection.deleteDocuments(new Document("_id", "a"), 0, NoopOplog.get());
    collection.updateDocuments(
        new Document("_id", "b"),
        new Document("$set", new Document("namespace", "two")),
        ArrayFilters.empty(),
        false,
        false,
        NoopOplog.get());

    assertThat(byState.getPositions(new Document("namespace", "one"))).isEmpty();
    assertThat(byState.getPositions(new Document("namespace", "two"))).hasSize(2);
    assertThat(byState.getCount()).isEqualTo(2);
  }

  private static List<Integer> positions(Index<Integer> index, Document query) {
    assertThat(canHandle(index, query)).isTrue();
    var positions = new ArrayList<Integer>();
    index.getPositions(query).forEach(positions::add);
    return positions;
  }

  private static boolean canHandle(Index<Integer> index, Document query) {
    if (index.isEmpty()) {
      collectionOf(index);
    }
    return index.canHandle(query);
  }

  @SuppressWarnings("unchecked")
  private static MongoCollection<Integer> collectionOf(Index<Integer> index) {
    var database = new IndexedBackend().openOrCreateDatabase("slipway");
    var collection =
        (MongoCollection<Integer>)
            database.createCollectionOrThrowIfExists(
                "services", de.bwaldvogel.mongo.backend.CollectionOptions.withDefaults());
    collection.addIndex(index);
    collection.addDocument(document("a", "one", "Running"));
    collection.addDocument(document("b", "one", "Stopped"));
    collection.addDocument(document("c", "two", "Running"));
    return collection;
  }

  private static Document document(String id, String namespace, String state) {
    return new Document("_id", id).append("namespace", namespace).append("state", state);
  }

  private static List<IndexKey> keys(String... names) {
    return List.of(names).stream().map(name -> new IndexKey(name, true)).toList();
  }
}
