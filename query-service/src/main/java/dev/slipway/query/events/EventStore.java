package dev.slipway.query.events;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.max;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.UpdateOptions;
import dev.slipway.query.projection.ViewCollection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/** The events that are kept for those who come later. */
final class EventStore {

  private static final int PAGE = 500;

  private static final String DROPPED = "last";

  private final ViewCollection events;
  private final ViewCollection dropped;
  private final Clock clock;

  /**
   * Up to where events are not kept any more.
   *
   * @param order the highest that is gone, -1 if none is
   * @param at the latest moment that is gone
   */
  record Dropped(long order, Instant at) {}

  EventStore(MongoDatabase database, Clock clock) {
    this.events = new ViewCollection(database, "stream_events");
    this.dropped = new ViewCollection(database, "stream_events_dropped");
    this.clock = clock;
  }

  void prepare() {
    events.index("by_order", Indexes.ascending("namespace", "order"));
    events.index("by_storing", Indexes.ascending("namespace", "storedAt"));
    events.index("order", Indexes.ascending("order"));
    events.index("by_moment", Indexes.ascending("at", "order"));
  }

  /** Those of them that were there already, as they were stored then. */
  List<StreamEvent> add(List<StreamEvent> added) {
    long now = clock.millis();
    var there = events.insertNew(added, event -> event.document(now));
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
    var old = lt("at", moment.toEpochMilli());
    var last = documents().find(old).sort(Indexes.descending("at", "order")).limit(1).first();
    if (last != null) {
      drop(StreamEvent.of(last), old);
    }
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
            .sort(Indexes.ascending("order"))
            .skip((int) Math.min(Integer.MAX_VALUE, excess - 1))
            .limit(1)
            .first();
    if (lastToGo != null) {
      var last = StreamEvent.of(lastToGo);
      drop(last, lte("order", last.order()));
    }
  }

  private void drop(StreamEvent last, Bson which) {
    noteDropped(last);
    documents().deleteMany(which);
  }

  /** This event, and so perhaps others before it, will not be found. */
  void noteDropped(StreamEvent event) {
    dropped
        .documents()
        .updateOne(
            eq("_id", DROPPED),
            combine(max("order", event.order()), max("at", event.at().toEpochMilli())),
            new UpdateOptions().upsert(true));
  }

  /** However long ago, and by whichever instance. */
  Dropped dropped() {
    var last = dropped.documents().find(eq("_id", DROPPED)).first();
    return last == null
        ? new Dropped(-1, Instant.MIN)
        : new Dropped(last.getLong("order"), Instant.ofEpochMilli(last.getLong("at")));
  }

  private MongoCollection<Document> documents() {
    return events.documents();
  }
}
