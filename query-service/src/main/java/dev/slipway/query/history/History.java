package dev.slipway.query.history;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.wire.Envelope;
import dev.slipway.query.projection.ViewCollection;
import java.util.Collection;

/** What has happened to services, event by event. */
public final class History {

  private final ViewCollection entries;

  public History(MongoDatabase database) {
    this.entries = new ViewCollection(database, "history");
  }

  public void prepare() {
    entries.index("by_service", Indexes.ascending("service", "_id"));
  }

  public void add(Collection<Envelope<Object>> envelopes) {
    var _ =
        entries.insertNew(
            envelopes.stream()
                .map(envelope -> HistoryEntry.document(envelope, (ServiceEvent) envelope.event()))
                .toList());
  }
}
