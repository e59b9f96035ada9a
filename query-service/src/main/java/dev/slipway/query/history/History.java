package dev.slipway.query.history;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static dev.slipway.query.history.StoredEvent.ACTION;
import static dev.slipway.query.history.StoredEvent.AT;
import static dev.slipway.query.history.StoredEvent.SEQUENCE;
import static dev.slipway.query.history.StoredEvent.SUBJECT;
import static dev.slipway.query.history.StoredEvent.TYPE;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.OperationBegun;
import dev.slipway.model.service.ServiceEvent.OperationEnded;
import dev.slipway.query.paging.ListQuery;
import dev.slipway.query.paging.PagedQuery;
import dev.slipway.query.projection.ViewCollection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * What has happened to services, event by event. Of a service with very many events the oldest are
 * dropped, and the state that they made is kept in their place.
 */
public final class History {

  private static final int BATCH = 500;

  /** No operation of sense has more events. */
  private static final int MOST = 20_000;

  private final ViewCollection entries;
  private final ViewCollection bases;

  /** Services that have had events since they were last looked at, and the number of the last. */
  private final Map<String, Long> touched = new ConcurrentHashMap<>();

  /** An event of a service. */
  public record Entry(long sequence, Instant at, ServiceEvent event) {}

  public History(MongoDatabase database) {
    this.entries = new ViewCollection(database, "history");
    this.bases = new ViewCollection(database, "history_bases");
  }

  /** Removes all that is stored. */
  public void clear() {
    entries.clear();
    bases.clear();
    touched.clear();
  }

  public void prepare() {
    entries.index("by_service", Indexes.ascending(SUBJECT, "_id"));
    entries.index("by_service_and_type", Indexes.ascending(SUBJECT, TYPE, ViewCollection.ID));
    entries.index("by_action", Indexes.ascending(ACTION, ViewCollection.ID));
    entries.index("by_type", Indexes.ascending(TYPE, AT));
  }

  public void add(List<Happened> happened) {
    entries.insertNew(happened, HistoryDocument::of);
    happened.forEach(
        one -> touched.merge(one.envelope().subject(), one.envelope().sequence(), Math::max));
  }

  PagedQuery page(String service, ListQuery query) {
    return HistoryFilter.page(entries.documents(), service, query, HistoryFilter.Subject.SERVICE);
  }

  /** The event right before, if it is kept. */
  @Nullable Document before(String service, long sequence) {
    return entries
        .documents()
        .find(eq(ViewCollection.ID, StoredEvent.id(service, sequence - 1)))
        .first();
  }

  /** Those of the events with these numbers that are kept. */
  Collection<Document> entries(String service, Collection<Long> sequences) {
    return entries
        .load(sequences.stream().map(one -> StoredEvent.id(service, one)).toList())
        .values();
  }

  /** When the event of this number happened, null if that is not kept. */
  @Nullable Instant at(String service, long version) {
    var id = StoredEvent.id(service, version);
    var entry = entries.load(List.of(id)).get(id);
    if (entry != null) {
      return StoredEvent.at(entry);
    }
    var base = base(service);
    return base != null && base.state().version() == version ? base.at() : null;
  }

  /** The events of these types that came before, in their order. */
  List<Document> before(String service, long sequence, Collection<String> types) {
    return entries
        .documents()
        .find(and(eq(SUBJECT, service), lt(SEQUENCE, sequence), in(TYPE, types)))
        .sort(StoredEvent.inOrder())
        .into(new ArrayList<>());
  }

  /**
   * What happened in an action, in order: the events that it led to at once, and if it began an
   * operation, all until the end of that.
   */
  public List<Entry> of(ActionId action) {
    var direct = read(eq(ACTION, action.value()));
    for (var entry : direct) {
      if (entry.event() instanceof OperationBegun begun && begun.operation().equals(action)) {
        return operation(entry, action);
      }
    }
    return direct;
  }

  private List<Entry> operation(Entry begun, ActionId action) {
    var service = begun.event().serviceId().value();
    var all = read(and(eq(SUBJECT, service), gte(SEQUENCE, begun.sequence())));
    var inIt = new ArrayList<Entry>();
    for (var entry : all) {
      inIt.add(entry);
      if (entry.event() instanceof OperationEnded ended && ended.operation().equals(action)) {
        break;
      }
    }
    return inIt;
  }

  private List<Entry> read(Bson filter) {
    return entries
        .documents()
        .find(filter)
        .sort(StoredEvent.inOrder())
        .limit(MOST)
        .map(
            found ->
                new Entry(
                    found.getLong(SEQUENCE), StoredEvent.at(found), HistoryDocument.event(found)))
        .into(new ArrayList<>());
  }

  /** The state that dropped events made, null if none were dropped. */
  HistoryDocument.@Nullable Base base(String service) {
    var document = bases.load(List.of(service)).get(service);
    return document == null ? null : HistoryDocument.base(document);
  }

  /** The kept events that are not in the base, in their order. */
  Iterable<Document> after(String service, HistoryDocument.@Nullable Base base) {
    long version = base == null ? -1 : base.state().version();
    return entries
        .documents()
        .find(and(eq(SUBJECT, service), gt(SEQUENCE, version)))
        .sort(StoredEvent.inOrder())
        .batchSize(BATCH);
  }

  /** The services that have had events since this was last asked, and the number of the last. */
  Map<String, Long> touched() {
    var taken = Map.copyOf(touched);
    taken.forEach(touched::remove);
    return taken;
  }

  void touch(Map<String, Long> again) {
    again.forEach((service, last) -> touched.merge(service, last, Math::max));
  }

  /** Leaves about as many of the newest events, and the state before them. */
  void keepNewest(String service, int kept) {
    long count = entries.documents().countDocuments(eq(SUBJECT, service));
    if (count <= kept + kept / 4) {
      return;
    }
    var oldestKept =
        entries
            .documents()
            .find(eq(SUBJECT, service))
            .sort(StoredEvent.newestFirst())
            .skip(kept - 1)
            .limit(1)
            .first();
    if (oldestKept != null) {
      dropBefore(service, oldestKept.getLong(SEQUENCE));
    }
  }

  private void dropBefore(String service, long sequence) {
    var state = new Past(this).at(service, sequence - 1);
    var last = before(service, sequence);
    if (state != null && state.version() == sequence - 1 && last != null) {
      var base = new HistoryDocument.Base(state, StoredEvent.at(last));
      bases.replaceOlder(List.of(HistoryDocument.of(base)));
      entries.documents().deleteMany(and(eq(SUBJECT, service), lt(SEQUENCE, sequence)));
    }
  }

  /** Forgets services that were terminated before the moment. */
  void forgetTerminatedBefore(Instant moment) {
    var gone =
        entries
            .documents()
            .find(and(eq(TYPE, "ServiceTerminated"), lt(AT, moment.toEpochMilli())))
            .projection(new Document(SUBJECT, 1))
            .map(document -> document.getString(SUBJECT))
            .into(new ArrayList<>());
    if (!gone.isEmpty()) {
      bases.documents().deleteMany(in(ViewCollection.ID, gone));
      entries.documents().deleteMany(in(SUBJECT, gone));
    }
  }
}
