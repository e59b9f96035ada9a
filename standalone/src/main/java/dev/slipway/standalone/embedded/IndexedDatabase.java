package dev.slipway.standalone.embedded;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import io.netty.channel.Channel;
import java.util.List;
import java.util.Optional;

/** Makes collections and indexes of our kind, and counts documents by index. */
final class IndexedDatabase extends AbstractSynchronizedMongoDatabase<Integer> {

  IndexedDatabase(String name, CursorRegistry cursors) {
    super(name, cursors);
    initializeNamespacesAndIndexes();
  }

  @Override
  protected IndexedCollection openOrCreateCollection(String name, CollectionOptions options) {
    return new IndexedCollection(this, name, options, cursorRegistry);
  }

  @Override
  protected Index<Integer> openOrCreateUniqueIndex(
      String collection, String name, List<IndexKey> keys, boolean sparse) {
    return new UniqueIndex(name, keys, sparse);
  }

  @Override
  protected Index<Integer> openOrCreateSecondaryIndex(
      String collection, String name, List<IndexKey> keys, boolean sparse) {
    return new OrderedIndex(name, keys);
  }

  @Override
  protected long getStorageSize() {
    return 0;
  }

  @Override
  protected long getFileSize() {
    return 0;
  }

  @Override
  public Document handleCommand(
      Channel channel, String command, Document query, DatabaseResolver databases, Oplog oplog) {
    return CountDocuments.in(command, query)
        .flatMap(this::counted)
        .orElseGet(() -> super.handleCommand(channel, command, query, databases, oplog));
  }

  private Optional<Document> counted(CountDocuments wanted) {
    MongoCollection<Integer> collection = resolveCollection(wanted.collection(), false);
    if (collection == null) {
      return Optional.empty();
    }
    int count = collection.count(wanted.filter(), wanted.skip(), wanted.limit());
    var batch = count == 0 ? List.of() : List.of(new Document("_id", 1).append("n", count));
    var cursor =
        new Document("id", 0L).append("ns", collection.getFullName()).append("firstBatch", batch);
    var answer = new Document("cursor", cursor);
    Utils.markOkay(answer);
    return Optional.of(answer);
  }
}
