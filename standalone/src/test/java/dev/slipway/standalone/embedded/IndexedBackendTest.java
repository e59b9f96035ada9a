package dev.slipway.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.NoopOplog;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** That indexes are used at all can't be seen from outside, so their own answers are looked at. */
class IndexedBackendTest {

  private static final List<IndexKey> NO_ORDER = List.of();

  private final Index<Integer> byId = new UniqueIndex("ids", keys("_id"), false);
  private final OrderedIndex byState = new OrderedIndex("state", keys("namespace", "state"));
  private final OrderedIndex byTime =
      new OrderedIndex("time", List.of(new IndexKey("namespace", true), new IndexKey("at", false)));

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
    collectionOf(byState);

    assertThat(found(byState, new Document("namespace", "one"))).containsExactly(0, 1);
    assertThat(found(byState, new Document("namespace", "one").append("state", "Stopped")))
        .containsExactly(1);
    assertThat(path(byState, new Document("state", "Stopped"), NO_ORDER)).isNull();
  }

  @Test
  void usesTheBoundsOfTheKeyThatFollows() {
    collectionOf(byTime);
    var late = new Document("namespace", "one").append("at", new Document("$gt", 15L));
    var early = new Document("namespace", "one").append("at", new Document("$lt", 15L));

    assertThat(found(byTime, late)).containsExactly(1);
    assertThat(found(byTime, early)).containsExactly(0);
    assertThat(found(byTime, new Document("namespace", "two"))).containsExactly(2);
  }

  @Test
  void goesThroughAnIndexInEitherOfItsOrders() {
    collectionOf(byTime);
    var one = new Document("namespace", "one");

    var newest = path(byTime, one, List.of(new IndexKey("at", false)));
    var oldest = path(byTime, one, List.of(new IndexKey("at", true)));
    var byName = path(byTime, one, List.of(new IndexKey("name", true)));

    assertThat(newest).isNotNull();
    assertThat(newest.ordered()).isTrue();
    assertThat(newest.positions()).containsExactly(1, 0);
    assertThat(oldest).isNotNull();
    assertThat(oldest.positions()).containsExactly(0, 1);
    assertThat(byName).isNotNull();
    assertThat(byName.ordered()).isFalse();
  }

  @Test
  void tellsLargeNumbersApart() {
    var collection = collectionOf(byTime);
    long large = 1_800_000_000_000_000_000L;
    collection.addDocument(document("e", "big", "Running", large + 1));
    collection.addDocument(document("d", "big", "Running", large));

    assertThat(found(byTime, new Document("namespace", "big"))).containsExactly(3, 4);
  }

  @Test
  void takesTheShortestWayAndOneInOrderAmongLongOnes() {
    var shortest = new AccessPath(List.of(1), 1, false, false);
    var inOrder = new AccessPath(many(), 1, false, true);
    var deepest = new AccessPath(many(), 2, false, false);

    assertThat(AccessPath.best(List.of(inOrder, shortest, deepest))).isSameAs(shortest);
    assertThat(AccessPath.best(List.of(deepest, inOrder))).isSameAs(inOrder);
    assertThat(AccessPath.best(List.of())).isNull();
  }

  @Test
  void countsWithoutALookAtDocumentsWhereAnIndexKnowsAllThatIsAskedFor() {
    collectionOf(byState);
    var whole = new Document("namespace", "one").append("state", "Running");
    var part = new Document("namespace", "one").append("name", "a");

    assertThat(path(byState, whole, NO_ORDER)).isNotNull().extracting("exact").isEqualTo(true);
    assertThat(path(byState, part, NO_ORDER)).isNotNull().extracting("exact").isEqualTo(false);
    var bounds = new Document("namespace", "one").append("state", new Document("$gt", "R"));
    assertThat(path(byState, bounds, NO_ORDER)).isNotNull().extracting("exact").isEqualTo(false);
  }

  @Test
  void keepsWhatIsMadeTwiceInUse() {
    var collection = collectionOf(byState);
    collection.addIndex(new OrderedIndex("state", keys("namespace", "state")));
    collection.addDocument(document("d", "three", "Running", 40));

    assertThat(found(byState, new Document("namespace", "three"))).containsExactly(3);
    assertThat(collection.count(new Document("namespace", "three"), 0, 0)).isEqualTo(1);
  }

  @Test
  void leavesAlternativesNullAndArraysToAScan() {
    var collection = collectionOf(byState);
    assertThat(path(byState, new Document("namespace", null), NO_ORDER)).isNull();
    var either = new Document("$or", List.of(new Document("namespace", "one")));
    assertThat(path(byState, either, NO_ORDER)).isNull();
    assertThat(canHandle(byId, new Document("_id", new Document("$ne", "a")))).isFalse();

    collection.addDocument(
        new Document("_id", "z").append("namespace", List.of("one", "two")).append("state", "x"));
    assertThat(path(byState, new Document("namespace", "one"), NO_ORDER)).isNull();
    assertThat(collection.count(new Document("namespace", "one"), 0, 0)).isEqualTo(3);
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

    assertThat(found(byState, new Document("namespace", "one"))).isEmpty();
    assertThat(found(byState, new Document("namespace", "two"))).hasSize(2);
    assertThat(byState.getCount()).isEqualTo(2);
  }

  private static List<Integer> many() {
    return java.util.stream.IntStream.range(0, 100).boxed().toList();
  }

  private static @Nullable AccessPath path(
      OrderedIndex index, Document query, List<IndexKey> order) {
    return index.path(Conditions.of(query), order);
  }

  private static List<Integer> found(OrderedIndex index, Document query) {
    return List.copyOf(Objects.requireNonNull(path(index, query, NO_ORDER)).positions());
  }

  private static List<Integer> positions(Index<Integer> index, Document query) {
    assertThat(canHandle(index, query)).isTrue();
    var positions = new ArrayList<Integer>();
    index.getPositions(query).forEach(positions::add);
    return positions;
  }

  private static boolean canHandle(Index<Integer> index, Document query) {
    if (index.isEmpty()) {
      var _ = collectionOf(index);
    }
    return index.canHandle(query);
  }

  @SuppressWarnings("unchecked")
  private static MongoCollection<Integer> collectionOf(Index<Integer> index) {
    var database = new IndexedBackend().openOrCreateDatabase("slipway");
    var collection =
        (MongoCollection<Integer>)
            database.createCollectionOrThrowIfExists("services", CollectionOptions.withDefaults());
    collection.addIndex(index);
    collection.addDocument(document("a", "one", "Running", 10));
    collection.addDocument(document("b", "one", "Stopped", 20));
    collection.addDocument(document("c", "two", "Running", 30));
    return collection;
  }

  private static Document document(String id, String namespace, String state, long at) {
    return new Document("_id", id)
        .append("namespace", namespace)
        .append("state", state)
        .append("at", at);
  }

  private static List<IndexKey> keys(String... names) {
    return List.of(names).stream().map(name -> new IndexKey(name, true)).toList();
  }
}
