package dev.slipway.query.events;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import dev.slipway.query.projection.ViewCollection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.Document;

/** The events that are kept for those who come later. */
final class EventStore {

  private static final int PAGE = 500;

  private final ViewCollection events;
  private final Clock clock;
  private volatile long lastDropped = -1;

  EventStore(MongoDatabase database, Clock clock) {
    this.events = new ViewCollection(database, "stream_events");
    this.clock = clock;
  }

  void prepare() {
    events.index("by_order", Indexes.ascending("namespace", "order"));
    events.index("by_storing", Indexes.ascending("namespace", "storedAt"));
    events.index("order", Indexes.ascending("order"));
  }

  /** Those of them that were there already, as they were stored then. */
  List<StreamEvent> add(List<StreamEvent> added) {
    long now = clock.millis();
    var there = events.insertNew(added.stream().map(event -> event.document(now)).toList());
    return there.isEmpty()
        ? List.of()
        : events.load(there).values().stream().map(StreamEvent::of).toList();
  }

  /** The highest order, -1 if nothing is stored. */
  long lastOrder() {
    var last = documents().find().sort(Indexes.descending("order")).limit(1).first();
    return last == null ? -1 : last.getLong("order");
  }

  Optional<StreamEvent> find(String namespace, String uuid) {
    return Optional.ofNullable(
            documents().find(and(eq("_id", uuid), eq("namespace", namespace))).first())
        .map(StreamEvent::of);
  }

  /** The next ones of a namespace after an order, up to another, a page of them. */
  List<StreamEvent> after(String namespace, long order, long upTo) {
    return documents()
        .find(and(eq("namespace", namespace), gt("order", order), lte("order", upTo)))
        .sort(Indexes.ascending("order"))
        .limit(PAGE)
        .map(StreamEvent::of)
        .into(new ArrayList<>());
  }

  /** Those that were stored since, whatever their order. */
  List<StreamEvent> storedSince(String namespace, long millis) {
    return documents()
        .find(and(eq("namespace", namespace), gte("storedAt", millis)))
        .sort(Indexes.ascending("order"))
        .map(StreamEvent::of)
        .into(new ArrayList<>());
  }

  void dropBefore(Instant moment) {
    documents().deleteMany(lt("at", moment.toEpochMilli()));
  }

  /** Drops the first until about so many are left. */
  void dropAllBut(long kept) {
    long excess = documents().estimatedDocumentCount() - kept;
    if (excess <= 0) {
      return;
    }
    var lastToGo =
        documents()
            .find()
            .projection(new Document("order", 1))
            .sort(Indexes.ascending("order"))
            .skip((int) Math.min(Integer.MAX_VALUE, excess - 1))
            .limit(1)
            .first();
    if (lastToGo != null) {
      lastDropped = Math.max(lastDropped, lastToGo.getLong("order"));
      documents().deleteMany(lte("order", lastToGo.getLong("order")));
    }
  }

  /** The order up to which events were dropped for being too many. */
  long lastDropped() {
    return lastDropped;
  }

  private MongoCollection<Document> documents() {
    return events.documents();
  }
}
