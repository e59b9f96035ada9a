package dev.slipway.query.history;

import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.wire.Wire;
import dev.slipway.query.projection.ViewCollection;
import java.time.Instant;
import org.bson.Document;

/** How an event of a service is stored: as it came, since states of the past are made from it. */
final class HistoryDocument {

  static final String STATE = "state";

  private HistoryDocument() {}

  static Document of(Happened happened) {
    return StoredEvent.of(happened.envelope()).append(STATE, happened.state());
  }

  static ServiceEvent event(Document document) {
    return (ServiceEvent) StoredEvent.event(document);
  }

  /**
   * The state that dropped events made.
   *
   * @param at when the last of them happened
   */
  record Base(Service state, Instant at) {}

  static Document of(Base base) {
    return new Document(ViewCollection.ID, base.state().id().value())
        .append(ViewCollection.VERSION, base.state().version())
        .append(StoredEvent.AT, base.at().toEpochMilli())
        .append(StoredEvent.NANOS, base.at().getNano())
        .append(StoredEvent.DOC, StoredEvent.text(base.state()));
  }

  static Base base(Document document) {
    var state = Wire.MAPPER.readValue(document.getString(StoredEvent.DOC), Service.class);
    return new Base(state, StoredEvent.at(document));
  }
}
