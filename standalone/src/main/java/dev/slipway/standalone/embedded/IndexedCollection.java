package dev.slipway.standalone.embedded;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds documents by ordered indexes. Each that it hands out is a copy. */
final class IndexedCollection extends AbstractSynchronizedMongoCollection<Integer> {

  private final StoredDocuments documents = new StoredDocuments();

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
  protected QueryResult matchDocuments(
      Document query,
      @Nullable Document orderBy,
      int skip,
      int limit,
      int batchSize,
      @Nullable Document fields) {
    var positions = documents.positions().boxed().toList();
    return matchDocuments(
        query,
        isNaturalDescending(orderBy) ? positions.reversed() : positions,
        orderBy,
        skip,
        limit,
        batchSize,
        fields);
  }

  @Override
  public synchronized int count(@Nullable Document query, int skip, int limit) {
    var path = query == null || skip > 0 || limit > 0 ? null : path(query, List.of());
    return path != null && path.exact() ? path.positions().size() : super.count(query, skip, limit);
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

  @Override
  public synchronized int count() {
    return documents.count();
  }

  @Override
  public synchronized boolean isEmpty() {
    return documents.count() == 0;
  }

  @Override
  protected Document getDocument(Integer position) {
    return documents.get(position);
  }

  @Override
  protected Integer addDocumentInternal(Document document) {
    return documents.add(document);
  }

  @Override
  protected void handleUpdate(Integer position, Document before, Document after) {
    documents.replace(position, after);
  }

  @Override
  protected void removeDocument(Integer position) {
    documents.remove(position);
  }

  @Override
  protected Stream<DocumentWithPosition<Integer>> streamAllDocumentsWithPosition() {
    return documents
        .positions()
        .mapToObj(position -> new DocumentWithPosition<>(documents.get(position), position));
  }

  /** The server would encode each document once more for it. */
  @Override
  protected boolean tracksDataSize() {
    return false;
  }

  @Override
  protected void updateDataSize(int difference) {
    throw new UnsupportedOperationException("the stored documents know");
  }

  @Override
  protected int getDataSize() {
    return (int) Math.min(Integer.MAX_VALUE, documents.bytes());
  }
}
