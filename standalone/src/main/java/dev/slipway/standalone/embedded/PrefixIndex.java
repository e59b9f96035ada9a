package dev.slipway.standalone.embedded;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A secondary index: finds documents by the values of its first key, its first two, and so on. Once
 * a key is seen to hold an array the index is no longer used, since one document then has many
 * values.
 */
final class PrefixIndex extends Index<Integer> {

  private static final int UNUSABLE = -1;

  /** By id. Most prefixes are of one document only, and a map of its own for each costs much. */
  private final Map<KeyValue, Map<KeyValue, Integer>> positions = new HashMap<>();

  private final List<PrefixIndex> ofCollection;
  private boolean holdsArrays;
  private long count;

  /**
   * @param ofCollection the secondary indexes of the collection, which this joins
   */
  PrefixIndex(String name, List<IndexKey> keys, List<PrefixIndex> ofCollection) {
    super(name, keys, true);
    this.ofCollection = ofCollection;
    ofCollection.add(this);
  }

  /** Of several that could, the one that leaves the fewest documents to look at. */
  @Override
  public boolean canHandle(Document query) {
    var conditions = Conditions.of(query);
    int own = found(conditions);
    return own != UNUSABLE
        && ofCollection.stream()
            .map(other -> other.found(conditions))
            .noneMatch(others -> others != UNUSABLE && others < own);
  }

  private synchronized int found(Conditions conditions) {
    return holdsArrays || conditions.value(keys().getFirst()).isEmpty()
        ? UNUSABLE
        : under(conditions).size();
  }

  @Override
  public synchronized Iterable<Integer> getPositions(Document query) {
    return List.copyOf(under(Conditions.of(query)).values());
  }

  private Map<KeyValue, Integer> under(Conditions conditions) {
    var values = new ArrayList<@Nullable Object>();
    for (var key : keys()) {
      var value = conditions.value(key);
      if (value.isEmpty()) {
        break;
      }
      values.add(normal(value.get()));
    }
    return positions.getOrDefault(new KeyValue(values), Map.of());
  }

  @Override
  public synchronized void add(
      Document document, Integer position, MongoCollection<Integer> collection) {
    var one = Map.of(id(document), position);
    for (var prefix : prefixes(document)) {
      positions.merge(prefix, one, PrefixIndex::joined);
    }
    count++;
  }

  /** Says nothing of the position: the index of ids does, and it is asked too. */
  @Override
  public synchronized @Nullable Integer remove(Document document) {
    var id = id(document);
    for (var prefix : prefixes(document)) {
      positions.computeIfPresent(prefix, (_, ids) -> without(ids, id));
    }
    count--;
    return null;
  }

  private static Map<KeyValue, Integer> joined(
      Map<KeyValue, Integer> ids, Map<KeyValue, Integer> one) {
    if (!(ids instanceof LinkedHashMap)) {
      var several = new LinkedHashMap<>(ids);
      several.putAll(one);
      return several;
    }
    ids.putAll(one);
    return ids;
  }

  private static @Nullable Map<KeyValue, Integer> without(Map<KeyValue, Integer> ids, KeyValue id) {
    if (!(ids instanceof LinkedHashMap)) {
      return ids.containsKey(id) ? null : ids;
    }
    ids.remove(id);
    return ids.isEmpty() ? null : ids;
  }

  @Override
  public synchronized void updateInPlace(
      Document before, Document after, Integer position, MongoCollection<Integer> collection) {
    if (!prefixes(before).equals(prefixes(after))) {
      remove(before);
      add(after, position, collection);
    }
  }

  @Override
  public synchronized void drop() {
    positions.clear();
    count = 0;
    ofCollection.remove(this);
  }

  private List<KeyValue> prefixes(Document document) {
    var values = new ArrayList<@Nullable Object>();
    var prefixes = new ArrayList<KeyValue>();
    for (var key : keys()) {
      var value = Utils.getSubdocumentValueCollectionAware(document, key);
      holdsArrays |= value instanceof Collection;
      values.add(normal(value));
      prefixes.add(new KeyValue(values));
    }
    return prefixes;
  }

  private static KeyValue id(Document document) {
    return new KeyValue(Collections.singletonList(normal(document.get("_id"))));
  }

  /** Numbers that are equal are found whatever their type. */
  private static @Nullable Object normal(@Nullable Object value) {
    return value instanceof Number number ? (Object) (number.doubleValue() + 0.0) : value;
  }

  @Override
  public @Nullable Integer getPosition(Document document) {
    return null;
  }

  @Override
  public void checkAdd(Document document, MongoCollection<Integer> collection) {}

  @Override
  public void checkUpdate(Document before, Document after, MongoCollection<Integer> collection) {}

  @Override
  public synchronized long getCount() {
    return count;
  }

  @Override
  public long getDataSize() {
    return getCount();
  }
}
