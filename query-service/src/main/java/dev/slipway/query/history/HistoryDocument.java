package dev.slipway.query.history;

import com.mongodb.client.model.Sorts;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.wire.EventTypes;
import dev.slipway.model.wire.MetadataKeys;
import dev.slipway.model.wire.Wire;
import dev.slipway.query.projection.ViewCollection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.bson.Document;
import org.bson.conversions.Bson;

/** How an event of a service is stored: as it came, since states of the past are made from it. */
final class HistoryDocument {

  static final String SERVICE = "service";
  static final String SEQUENCE = "sequence";
  static final String TYPE = "type";
  static final String AT = "at";
  static final String STATE = "state";
  static final String ACTION = "action";

  private static final int DIGITS = 19;
  private static final String NANOS = "nanos";
  private static final String DOC = "doc";

  private HistoryDocument() {}

  static Document of(Happened happened) {
    var envelope = happened.envelope();
    var metadata = envelope.metadata();
    return new Document(ViewCollection.ID, id(envelope.subject(), envelope.sequence()))
        .append(SERVICE, envelope.subject())
        .append(SEQUENCE, envelope.sequence())
        .append("position", envelope.position())
        .append(AT, envelope.at().toEpochMilli())
        .append(NANOS, envelope.at().getNano())
        .append(TYPE, envelope.event().getClass().getSimpleName())
        .append(STATE, happened.state())
        .append("user", metadata.get(MetadataKeys.USER))
        .append("ip", metadata.get(MetadataKeys.IP))
        .append("userAgent", metadata.get(MetadataKeys.USER_AGENT))
        .append("reason", metadata.get(MetadataKeys.REASON))
        .append(ACTION, metadata.get(MetadataKeys.ACTION))
        .append(DOC, text(envelope.event()));
  }

  /** Padded, so that the order of ids is that of events. */
  static String id(String service, long sequence) {
    return service + "|" + ViewCollection.padded(sequence, DIGITS);
  }

  static ServiceEvent event(Document document) {
    var type = EventTypes.named(document.getString(TYPE));
    return (ServiceEvent) Wire.MAPPER.readValue(document.getString(DOC), type);
  }

  /** To the nanosecond, as the event has it. */
  static Instant at(Document document) {
    var millis = Instant.ofEpochMilli(document.getLong(AT));
    return Instant.ofEpochSecond(millis.getEpochSecond(), document.getInteger(NANOS));
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
        .append(AT, base.at().toEpochMilli())
        .append(NANOS, base.at().getNano())
        .append(DOC, text(base.state()));
  }

  static Base base(Document document) {
    var state = Wire.MAPPER.readValue(document.getString(DOC), Service.class);
    return new Base(state, at(document));
  }

  static Bson inOrder() {
    return Sorts.ascending(SERVICE, ViewCollection.ID);
  }

  private static String text(Object message) {
    return new String(Wire.write(message), StandardCharsets.UTF_8);
  }
}
