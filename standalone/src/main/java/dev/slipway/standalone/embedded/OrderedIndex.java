package dev.slipway.standalone.embedded;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A secondary index, in the order of its keys and then of ids. Its collection asks it for {@link
 * AccessPath}s; by itself it answers no query. Once a key is seen to hold an array it is no longer
 * used, since one document then has many values.
 */
final class OrderedIndex extends Index<Integer> {

  private static final ValueComparator COMPARATOR = ValueComparator.asc();

  /** Before or behind all that begins with the same values. */
  private enum Edge {
    BEFORE,
    BEHIND
  }

  /**
   * Where a document stands.
   *
   * @param values of the keys; of the first of them only, if this is an edge and no document
   * @param tie the document's id, or the edge
   */
  private record Place(List<@Nullable Object> values, @Nullable Object tie) {}

  private final NavigableMap<Place, Integer> positions = new TreeMap<>(this::comparePlaces);
  private boolean holdsArrays;

  OrderedIndex(String name, List<IndexKey> keys) {
    super(name, keys, true);
  }

  private int comparePlaces(Place one, Place other) {
    int common = Math.min(one.values.size(), other.values.size());
    for (int i = 0; i < common; i++) {
      int order = compareValues(one.values.get(i), other.values.get(i));
      if (order != 0) {
        return getKeys().get(i).isAscending() ? order : -order;
      }
    }
    if (one.tie instanceof Edge edge) {
      return other.tie instanceof Edge another ? edge.compareTo(another) : side(edge);
    }
    return other.tie instanceof Edge edge ? -side(edge) : compareValues(one.tie, other.tie);
  }

  private static int side(Edge edge) {
    return edge == Edge.BEFORE ? -1 : 1;
  }

  /**
   * The server's comparator takes whole numbers for fractions, which tell few of the large ones.
   */
  private static int compareValues(@Nullable Object one, @Nullable Object other) {
    return switch (one) {
      case String text when other instanceof String another -> text.compareTo(another);
      case Long number when other instanceof Long another -> number.compareTo(another);
      case null, default -> COMPARATOR.compare(one, other);
    };
  }

  /** The way through this index to what meets the conditions, null if it is of no use for them. */
  @Nullable AccessPath path(Conditions conditions, List<IndexKey> order) {
    if (holdsArrays) {
      return null;
    }
    var values = new ArrayList<@Nullable Object>();
    for (var key : keys()) {
      var value = conditions.value(key);
      if (value.isEmpty()) {
        break;
      }
      values.add(value.get());
    }
    int fixed = values.size();
    var range = range(conditions, values);
    boolean forwards = isInOrder(order, fixed, true);
    boolean ordered = forwards || isInOrder(order, fixed, false);
    if (fixed == 0 && range == positions && !(ordered && !order.isEmpty())) {
      return null;
    }
    var entries = forwards || !ordered ? range : range.descendingMap();
    boolean exact = conditions.areValuesOf(keys().subList(0, fixed));
    return new AccessPath(entries.values(), fixed, exact, ordered);
  }

  /** What begins with the values, and lies within the bounds of the key that follows them. */
  private NavigableMap<Place, Integer> range(Conditions conditions, List<@Nullable Object> values) {
    var lower = values;
    var upper = values;
    if (values.size() < keys().size()) {
      var key = getKeys().get(values.size());
      var least = conditions.atLeast(key.getKey()).orElse(null);
      var most = conditions.atMost(key.getKey()).orElse(null);
      lower = with(values, key.isAscending() ? least : most);
      upper = with(values, key.isAscending() ? most : least);
    }
    if (lower.isEmpty() && upper.isEmpty()) {
      return positions;
    }
    var from = new Place(lower, Edge.BEFORE);
    var to = new Place(upper, Edge.BEHIND);
    if (lower.isEmpty()) {
      return positions.headMap(to, false);
    }
    if (upper.isEmpty()) {
      return positions.tailMap(from, false);
    }
    return comparePlaces(from, to) > 0
        ? Collections.emptyNavigableMap()
        : positions.subMap(from, false, to, false);
  }

  private static List<@Nullable Object> with(
      List<@Nullable Object> values, @Nullable Object bound) {
    if (bound == null) {
      return values;
    }
    var longer = new ArrayList<@Nullable Object>(values);
    longer.add(bound);
    return longer;
  }

  /** Whether what follows the keys that are fixed is in that order, or in the reverse of it. */
  private boolean isInOrder(List<IndexKey> order, int fixed, boolean forwards) {
    if (order.size() > getKeys().size() - fixed) {
      return false;
    }
    for (int i = 0; i < order.size(); i++) {
      var key = getKeys().get(fixed + i);
      boolean same = key.isAscending() == order.get(i).isAscending();
      if (!key.getKey().equals(order.get(i).getKey()) || same != forwards) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void add(Document document, Integer position, MongoCollection<Integer> collection) {
    positions.put(place(document), position);
  }

  /** Says nothing of the position: the index of ids does, and it is asked too. */
  @Override
  public @Nullable Integer remove(Document document) {
    positions.remove(place(document));
    return null;
  }

  @Override
  public void updateInPlace(
      Document before, Document after, Integer position, MongoCollection<Integer> collection) {
    var old = place(before);
    var next = place(after);
    if (comparePlaces(old, next) != 0) {
      positions.remove(old);
      positions.put(next, position);
    }
  }

  private Place place(Document document) {
    var values = new ArrayList<@Nullable Object>(getKeys().size());
    for (var key : getKeys()) {
      var value = value(document, key.getKey());
      holdsArrays |= value instanceof Collection;
      values.add(value);
    }
    return new Place(values, document.get("_id"));
  }

  /** The server's way takes a path apart each time, even one of a single field. */
  private static @Nullable Object value(Document document, String path) {
    return path.indexOf('.') < 0
        ? document.getOrMissing(path)
        : Utils.getSubdocumentValueCollectionAware(document, path);
  }

  @Override
  public boolean canHandle(Document query) {
    return false;
  }

  @Override
  public Iterable<Integer> getPositions(Document query) {
    throw new UnsupportedOperationException("the collection asks for paths");
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
  public void drop() {
    positions.clear();
  }

  @Override
  public long getCount() {
    return positions.size();
  }

  @Override
  public long getDataSize() {
    return getCount();
  }
}
