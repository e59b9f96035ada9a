package dev.slipway.standalone.embedded;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.memory.MemoryCollection;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands out copies. An answer is encoded after the collection's lock is released, while a writer
 * may already change the stored document field by field; values below the fields are never changed
 * in place, so a shallow copy is enough.
 */
final class IndexedCollection extends MemoryCollection {

  /**
   * Guarded by this: whether what is found is to be changed, and so must be the stored document.
   */
  private boolean changing;

  IndexedCollection(
      MongoDatabase database, String name, CollectionOptions options, CursorRegistry cursors) {
    super(database, name, options, cursors);
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
    return withStored(() -> super.count(query, skip, limit));
  }

  /** Not synchronized above: an index made while others write would miss documents. */
  @Override
  public synchronized void addIndex(Index<Integer> index) {
    super.addIndex(index);
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
