package dev.slipway.query.projection;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import dev.slipway.model.Digits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * A collection of views. Each document has its id as {@code _id} and counts its changes in {@code
 * version}; a write puts a document only in the place of an older one, so that writers may be late,
 * repeat themselves or be several.
 */
public final class ViewCollection {

  public static final String ID = "_id";
  public static final String VERSION = "version";

  /**
   * Of the form in which all views are stored. Raise it with any change of a document or of what a
   * fold makes: the views are then made anew from the log, since they and the record of how far
   * they are have other names.
   */
  private static final int SCHEMA = 6;

  private static final int BATCH = 500;
  private static final int PART = 2_000;

  /** What is stored, or once was. */
  private static final Set<String> NAMES =
      Set.of(
          "services",
          "containers",
          "nodes",
          "heartbeats",
          "stacks",
          "stack_states",
          "stack_history",
          "actions",
          "history",
          "history_bases",
          "stream_events",
          "stream_events_dropped",
          "logs",
          "offsets");

  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);
  private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);

  private final MongoCollection<Document> documents;

  /**
   * @throws IllegalArgumentException if the name is none of those of which older forms are dropped
   */
  public ViewCollection(MongoDatabase database, String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(name + " would never be dropped");
    }
    this.documents = database.getCollection(stored(name));
  }

  /** The name under which a collection is stored in the form that this program writes. */
  public static String stored(String name) {
    return name + "_" + SCHEMA;
  }

  /** Drops collections in forms that were written before this one. */
  static void dropOlder(MongoDatabase database) {
    for (var name : database.listCollectionNames().into(new ArrayList<>())) {
      if (isOlder(name)) {
        database.getCollection(name).drop();
      }
    }
  }

  private static boolean isOlder(String name) {
    int at = name.lastIndexOf('_');
    if (!NAMES.contains(at < 0 ? name : name.substring(0, at))) {
      return false;
    }
    var schema = at < 0 ? "1" : name.substring(at + 1);
    return Digits.isNumber(schema, 6) && Integer.parseInt(schema) < SCHEMA;
  }

  /** With so many digits at least, so that the order of texts is that of numbers. */
  public static String padded(long number, int digits) {
    var text = Long.toString(number);
    return "0".repeat(Math.max(0, digits - text.length())) + text;
  }

  /** Removes all documents. */
  public void clear() {
    documents.deleteMany(new Document());
  }

  /** For reading. */
  public MongoCollection<Document> documents() {
    return documents;
  }

  public void index(String name, Bson keys) {
    documents.createIndex(keys, new IndexOptions().name(name));
  }

  public Map<String, Document> load(Collection<String> ids) {
    var found = new HashMap<String, Document>();
    documents
        .find(ids.size() == 1 ? eq(ID, ids.iterator().next()) : in(ID, ids))
        .batchSize(BATCH)
        .forEach(document -> found.put(document.getString(ID), document));
    return found;
  }

  /** The version that is stored, -1 if nothing is. */
  public long version(String id) {
    var document = documents.find(eq(ID, id)).projection(new Document(VERSION, 1)).first();
    return document == null ? -1 : document.getLong(VERSION);
  }

  /** Puts each where nothing or an older one is. */
  public void replaceOlder(Collection<Document> newer) {
    var _ = write(newer.stream().<WriteModel<Document>>map(ViewCollection::replacement).toList());
  }

  /** Likewise, where there may be many. */
  public <T> void replaceOlder(Collection<T> newer, Function<T, Document> form) {
    var _ =
        inParts(
            List.copyOf(newer),
            part -> {
              replaceOlder(part.stream().map(form).toList());
              return List.of();
            });
  }

  private static ReplaceOneModel<Document> replacement(Document document) {
    var older = and(eq(ID, document.getString(ID)), lt(VERSION, document.getLong(VERSION)));
    return new ReplaceOneModel<>(older, document, UPSERT);
  }

  /**
   * Adds those that are not there yet. Their content never changes.
   *
   * @return the ids of those that were there
   */
  public List<String> insertNew(List<Document> documents) {
    return write(documents.stream().<WriteModel<Document>>map(InsertOneModel::new).toList())
        .stream()
        .map(index -> documents.get(index).getString(ID))
        .toList();
  }

  /** Likewise, where there may be many. */
  public <T> List<String> insertNew(List<T> added, Function<T, Document> form) {
    return inParts(added, part -> insertNew(part.stream().map(form).toList()));
  }

  /** As many parts at the same time as there are cores: they wait little for the database. */
  private static <T> List<String> inParts(List<T> all, Function<List<T>, List<String>> write) {
    if (all.size() <= PART) {
      return write.apply(all);
    }
    return IntStream.rangeClosed(0, (all.size() - 1) / PART)
        .parallel()
        .map(part -> part * PART)
        .mapToObj(from -> write.apply(all.subList(from, Math.min(all.size(), from + PART))))
        .flatMap(List::stream)
        .toList();
  }

  /**
   * @return which of them found theirs, or a newer one, there
   */
  private List<Integer> write(List<WriteModel<Document>> writes) {
    if (writes.isEmpty()) {
      return List.of();
    }
    try {
      documents.bulkWrite(writes, UNORDERED);
      return List.of();
    } catch (MongoBulkWriteException failure) {
      boolean onlyNewerThere =
          failure.getWriteConcernError() == null
              && failure.getWriteErrors().stream()
                  .allMatch(error -> error.getCategory() == ErrorCategory.DUPLICATE_KEY);
      if (!onlyNewerThere) {
        throw failure;
      }
      return failure.getWriteErrors().stream().map(error -> error.getIndex()).toList();
    }
  }
}
