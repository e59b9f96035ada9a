package dev.slipway.query.action;

import dev.slipway.model.Delimited;
import dev.slipway.model.action.Action;
import dev.slipway.model.wire.Wire;
import dev.slipway.query.paging.ListOptions;
import java.nio.charset.StandardCharsets;
import org.bson.Document;

/** How an action is stored: what it is found by as fields, the whole as text. */
final class ActionDocument {

  private ActionDocument() {}

  static Document of(Action view) {
    var ended = view.ended();
    return new Document("_id", view.id().value())
        .append("version", view.version())
        .append("namespace", view.request().namespace().value())
        .append("name", view.request().name())
        .append("object", view.request().object())
        .append("objectUuid", uuid(view.request().object()))
        .append(ListOptions.SEARCH, ListOptions.searched(view.request().name()))
        .append("state", view.state().text())
        .append("position", view.position())
        .append("startedAt", view.started().toEpochMilli())
        .append("endedAt", ended == null ? null : ended.toEpochMilli())
        .append("doc", new String(Wire.write(view), StandardCharsets.UTF_8));
  }

  /** The last part of a URI, without its slash. */
  private static String uuid(String object) {
    return Delimited.last(object, '/');
  }

  static Action view(Document document) {
    return Wire.MAPPER.readValue(document.getString("doc"), Action.class);
  }
}
