package dev.slipway.query.events;

import dev.slipway.model.Uuids;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;

/**
 * One message to those who follow events.
 *
 * @param uuid derived from the event in the log, so that reading the log again gives the same
 * @param order its place among all that are told; of two the later has the higher
 */
record StreamEvent(String uuid, long order, Instant at, String namespace, Change.Thing thing) {

  static StreamEvent of(Change change, Change.Thing thing, long order) {
    return new StreamEvent(
        Uuids.derived("event|" + change.id() + "|" + thing.resourceUri()),
        order,
        change.at(),
        change.namespace().value(),
        thing);
  }

  StreamEvent at(long order) {
    return new StreamEvent(uuid, order, at, namespace, thing);
  }

  Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("type", thing.type().text());
    json.put("action", thing.verb().text());
    json.put("parents", thing.parents());
    json.put("resource_uri", thing.resourceUri());
    json.put("state", thing.state());
    json.put("uuid", uuid);
    json.put("datetime", at.truncatedTo(ChronoUnit.SECONDS).toString());
    return json;
  }

  Document document(long storedAt) {
    return new Document("_id", uuid)
        .append("order", order)
        .append("namespace", namespace)
        .append("at", at.toEpochMilli())
        .append("storedAt", storedAt)
        .append("type", thing.type().name())
        .append("verb", thing.verb().name())
        .append("uri", thing.resourceUri())
        .append("parents", thing.parents())
        .append("state", thing.state());
  }

  static StreamEvent of(Document document) {
    return new StreamEvent(
        document.getString("_id"),
        document.getLong("order"),
        Instant.ofEpochMilli(document.getLong("at")),
        document.getString("namespace"),
        new Change.Thing(
            EventType.valueOf(document.getString("type")),
            Change.Verb.valueOf(document.getString("verb")),
            document.getString("uri"),
            new ArrayList<>(document.getList("parents", String.class, List.of())),
            document.getString("state")));
  }
}
