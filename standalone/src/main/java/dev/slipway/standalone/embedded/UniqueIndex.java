package dev.slipway.standalone.embedded;

import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.memory.index.MemoryUniqueIndex;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds documents by the index's keys whatever else a query demands, and by a range of texts. The
 * server's own is used only by queries for the keys and nothing else.
 */
final class UniqueIndex extends MemoryUniqueIndex {

  private final TreeMap<String, Integer> inOrder = new TreeMap<>();

  UniqueIndex(String name, List<IndexKey> keys, boolean sparse) {
    super(name, keys, sparse);
  }

  @Override
  public synchronized boolean canHandle(Document query) {
    return super.canHandle(query) || keyQuery(query).isPresent() || range(query).isPresent();
  }

  @Override
  public synchronized Iterable<Integer> getPositions(Document query) {
    if (super.canHandle(query)) {
      return super.getPositions(query);
    }
    return keyQuery(query)
        .map(super::getPositions)
        .orElseGet(() -> range(query).map(this::positions).orElseThrow());
  }

  /** The part of a query that this index can answer. */
  private Optional<Document> keyQuery(Document query) {
    var conditions = Conditions.of(query);
    var part = new Document();
    for (var key : keys()) {
      Optional<?> condition = conditions.value(key);
      if (condition.isEmpty() && !isCompoundIndex()) {
        condition = conditions.oneOf(key);
      }
      condition.ifPresent(found -> part.put(key, found));
    }
    return part.size() == keys().size() && super.canHandle(part)
        ? Optional.of(part)
        : Optional.empty();
  }

  private Optional<Conditions.TextRange> range(Document query) {
    return isCompoundIndex() ? Optional.empty() : Conditions.of(query).range(keys().getFirst());
  }

  private Iterable<Integer> positions(Conditions.TextRange range) {
    return range.isEmpty()
        ? List.of()
        : List.copyOf(inOrder.subMap(range.from(), true, range.to(), true).values());
  }

  @Override
  protected boolean putKeyPosition(KeyValue key, Integer position) {
    boolean added = super.putKeyPosition(key, position);
    if (added && !isCompoundIndex() && key.get(0) instanceof String text) {
      inOrder.put(text, position);
    }
    return added;
  }

  @Override
  protected Integer removeDocument(KeyValue key) {
    if (!isCompoundIndex() && key.get(0) instanceof String text) {
      inOrder.remove(text);
    }
    return super.removeDocument(key);
  }
}
