package dev.slipway.query.history;

import dev.slipway.model.api.VisibleEvent;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.wire.Envelope;
import dev.slipway.model.wire.EventTypes;
import dev.slipway.model.wire.MetadataKeys;
import dev.slipway.model.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.bson.Document;

/** One event of a service's past, as it may be shown: values of variables are stars. */
final class HistoryEntry {

  private HistoryEntry() {}

  static Document document(Envelope<Object> envelope, ServiceEvent event) {
    var metadata = envelope.metadata();
    return new Document("_id", id(envelope.subject(), envelope.sequence()))
        .append("service", envelope.subject())
        .append("sequence", envelope.sequence())
        .append("position", envelope.position())
        .append("at", envelope.at().toEpochMilli())
        .append("type", event.getClass().getSimpleName())
        .append("user", metadata.get(MetadataKeys.USER))
        .append("ip", metadata.get(MetadataKeys.IP))
        .append("reason", metadata.get(MetadataKeys.REASON))
        .append("action", metadata.get(MetadataKeys.ACTION))
        .append("payload", new String(Wire.write(VisibleEvent.of(event)), StandardCharsets.UTF_8));
  }

  static History.Past past(Document document) {
    var type = EventTypes.named(document.getString("type"));
    return new History.Past(
        document.getLong("sequence"),
        Instant.ofEpochMilli(document.getLong("at")),
        (ServiceEvent) Wire.MAPPER.readValue(document.getString("payload"), type));
  }

  /** Padded, so that the order of ids is that of events. */
  static String id(String service, long sequence) {
    return "%s|%012d".formatted(service, sequence);
  }
}
