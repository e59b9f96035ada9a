package dev.slipway.query.history;

import com.mongodb.client.model.Sorts;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.api.ApiDate;
import dev.slipway.model.api.ResourceUri;
import dev.slipway.model.wire.Envelope;
import dev.slipway.model.wire.EventTypes;
import dev.slipway.model.wire.MetadataKeys;
import dev.slipway.model.wire.Wire;
import dev.slipway.query.projection.ViewCollection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** How the history keeps an event: as it came, with who asked for it and why. */
public final class StoredEvent {

  public static final String SUBJECT = "subject";
  public static final String SEQUENCE = "sequence";
  public static final String TYPE = "type";
  public static final String AT = "at";
  static final String ACTION = "action";
  static final String NANOS = "nanos";
  static final String DOC = "doc";

  private static final String AGENT = "node-agent";
  private static final int DIGITS = 19;

  private StoredEvent() {}

  public static Document of(Envelope<?> envelope) {
    var metadata = envelope.metadata();
    return new Document(ViewCollection.ID, id(envelope.subject(), envelope.sequence()))
        .append(SUBJECT, envelope.subject())
        .append(SEQUENCE, envelope.sequence())
        .append("position", envelope.position())
        .append(AT, envelope.at().toEpochMilli())
        .append(NANOS, envelope.at().getNano())
        .append(TYPE, envelope.event().getClass().getSimpleName())
        .append("user", metadata.get(MetadataKeys.USER))
        .append("ip", metadata.get(MetadataKeys.IP))
        .append("userAgent", metadata.get(MetadataKeys.USER_AGENT))
        .append("reason", metadata.get(MetadataKeys.REASON))
        .append(ACTION, metadata.get(MetadataKeys.ACTION))
        .append(DOC, text(envelope.event()));
  }

  /** Padded, so that the order of ids is that of events. */
  public static String id(String subject, long sequence) {
    return subject + "|" + ViewCollection.padded(sequence, DIGITS);
  }

  public static Bson inOrder() {
    return Sorts.ascending(SUBJECT, ViewCollection.ID);
  }

  static Bson newestFirst() {
    return Sorts.descending(SUBJECT, ViewCollection.ID);
  }

  public static Object event(Document document) {
    return Wire.MAPPER.readValue(
        document.getString(DOC), EventTypes.named(document.getString(TYPE)));
  }

  /** To the nanosecond, as the event has it. */
  public static Instant at(Document document) {
    var millis = Instant.ofEpochMilli(document.getLong(AT));
    return Instant.ofEpochSecond(millis.getEpochSecond(), document.getInteger(NANOS));
  }

  /** What the API shows of every event. */
  public static Map<String, @Nullable Object> json(Document document) {
    var action = document.getString(ACTION);
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("version", document.getLong(SEQUENCE));
    json.put("position", document.getLong("position"));
    json.put("datetime", ApiDate.of(at(document)));
    json.put("type", document.getString(TYPE));
    json.put("user", document.getString("user"));
    json.put("ip", document.getString("ip"));
    json.put("user_agent", document.getString("userAgent"));
    json.put("reason", document.getString("reason"));
    json.put("cause", cause(action, document.getString("user")));
    json.put("action", action == null ? null : ResourceUri.of(new ActionId(action)));
    return json;
  }

  /** A user's command, an agent's report, or that time went by. */
  private static String cause(@Nullable String action, @Nullable String user) {
    if (action != null) {
      return "command";
    }
    return AGENT.equals(user) ? "report" : "timer";
  }

  static String text(Object message) {
    return new String(Wire.write(message), StandardCharsets.UTF_8);
  }
}
