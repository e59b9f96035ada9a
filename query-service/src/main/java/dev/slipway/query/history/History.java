package dev.slipway.query.history;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.OperationBegun;
import dev.slipway.model.service.ServiceEvent.OperationEnded;
import dev.slipway.model.wire.Envelope;
import dev.slipway.query.projection.ViewCollection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.bson.conversions.Bson;

/** What has happened to services, event by event. */
public final class History {

  /** No operation of sense has more events. */
  private static final int MOST = 20_000;

  private final ViewCollection entries;

  /** An event of a service, with the values of its variables hidden. */
  public record Past(long sequence, Instant at, ServiceEvent event) {}

  public History(MongoDatabase database) {
    this.entries = new ViewCollection(database, "history");
  }

  public void prepare() {
    entries.index("by_service", Indexes.ascending("service", "_id"));
    entries.index("by_action", Indexes.ascending("action", "_id"));
  }

  public void add(Collection<Envelope<Object>> envelopes) {
    var _ =
        entries.insertNew(
            envelopes.stream()
                .map(envelope -> HistoryEntry.document(envelope, (ServiceEvent) envelope.event()))
                .toList());
  }

  /**
   * What happened in an action, in order: the events that it led to at once, and if it began an
   * operation, all until the end of that.
   */
  public List<Past> of(ActionId action) {
    var direct = read(eq("action", action.value()));
    for (var past : direct) {
      if (past.event() instanceof OperationBegun begun && begun.operation().equals(action)) {
        return operation(past, action);
      }
    }
    return direct;
  }

  private List<Past> operation(Past begun, ActionId action) {
    var service = begun.event().serviceId().value();
    var all =
        read(and(eq("service", service), gte("_id", HistoryEntry.id(service, begun.sequence()))));
    var inIt = new ArrayList<Past>();
    for (var past : all) {
      inIt.add(past);
      if (past.event() instanceof OperationEnded ended && ended.operation().equals(action)) {
        break;
      }
    }
    return inIt;
  }

  private List<Past> read(Bson filter) {
    return entries
        .documents()
        .find(filter)
        .sort(Indexes.ascending("_id"))
        .limit(MOST)
        .map(HistoryEntry::past)
        .into(new ArrayList<>());
  }
}
