package dev.slipway.standalone.embedded;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.memory.MemoryCollection;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds documents by ordered indexes, and hands out copies. An answer is encoded after the
 * collection's lock is released, while a writer may already change the stored document field by
 * field; values below the fields are never changed in place, so a shallow copy is enough.
 */
final class IndexedCollection extends MemoryCollection {

  /**
   * Guarded by this: whether what is found is to be changed, and so must be the stored document.
   */
  private boolean changing;

  /** By name. */
  private final Map<String, OrderedIndex> ordered = new LinkedHashMap<>();

  IndexedCollection(
      MongoDatabase database, String name, CollectionOptions options, CursorRegistry cursors) {
    super(database, name, options, cursors);
  }

  /** By an index where one is of use: the one of ids first, since an id leaves one document. */
  @Override
  protected QueryResult queryDocuments(
      Document query,
      @Nullable Document orderBy,
      int skip,
      int limit,
      int batchSize,
      @Nullable Document fields) {
    for (var index : getIndexes()) {
      if (index.canHandle(query)) {
        var positions = index.getPositions(query);
        return matchDocuments(query, positions, orderBy, skip, limit, batchSize, fields);
      }
    }
    var path = path(query, order(orderBy));
    if (path == null) {
      return matchDocuments(query, orderBy, skip, limit, batchSize, fields);
    }
    var sort = path.ordered() ? null : orderBy;
    return matchDocuments(query, path.positions(), sort, skip, limit, batchSize, fields);
  }

  private @Nullable AccessPath path(Document query, List<IndexKey> order) {
    var conditions = Conditions.of(query);
    var paths = new ArrayList<AccessPath>();
    for (var index : ordered.values()) {
      var path = index.path(conditions, order);
      if (path != null) {
        paths.add(path);
      }
    }
    return AccessPath.best(paths);
  }

  private static List<IndexKey> order(@Nullable Document orderBy) {
    return orderBy == null
        ? List.of()
        : orderBy.entrySet().stream()
            .map(entry -> new IndexKey(entry.getKey(), isPositive(entry.getValue())))
            .toList();
  }

  private static boolean isPositive(Object direction) {
    return direction instanceof Number number && number.intValue() > 0;
  }

  @Override
  protected QueryResult createQueryResult(List<Document> found, int batchSize) {
    return super.createQueryResult(
        changing ? found : found.stream().map(Document::clone).toList(), batchSize);
  }

  @Override
  public synchronized Document updateDocuments(
      Document selector,
      Document update,
      ArrayFilters filters,
      boolean multi,
      boolean upsert,
      Oplog oplog) {
    return withStored(() -> super.updateDocuments(selector, update, filters, multi, upsert, oplog));
  }

  @Override
  public synchronized int deleteDocuments(Document selector, int limit, Oplog oplog) {
    return withStored(() -> super.deleteDocuments(selector, limit, oplog));
  }

  @Override
  public synchronized Document findAndModify(Document query) {
    var answer = withStored(() -> super.findAndModify(query));
    if (answer.get("value") instanceof Document stored) {
      answer.put("value", stored.clone());
    }
    return answer;
  }

  @Override
  public synchronized int count(@Nullable Document query, int skip, int limit) {
    var path = query == null || skip > 0 || limit > 0 ? null : path(query, List.of());
    return path != null && path.exact()
        ? path.positions().size()
        : withStored(() -> super.count(query, skip, limit));
  }

  /** Not synchronized above: an index made while others write would miss documents. */
  @Override
  public synchronized void addIndex(Index<Integer> index) {
    super.addIndex(index);
    if (index instanceof OrderedIndex added) {
      ordered.putIfAbsent(added.getName(), added); // one of that name may have been there
    }
  }

  @Override
  public synchronized void dropIndex(String name) {
    super.dropIndex(name);
    ordered.remove(name);
  }

  private <T> T withStored(Supplier<T> work) {
    boolean before = changing;
    changing = true;
    try {
      return work.get();
    } finally {
      changing = before;
    }
  }
}
