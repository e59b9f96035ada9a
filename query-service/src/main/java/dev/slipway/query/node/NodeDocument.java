package dev.slipway.query.node;

import dev.slipway.model.node.Heartbeat;
import dev.slipway.model.node.Node;
import dev.slipway.model.wire.Wire;
import dev.slipway.query.paging.ListOptions;
import dev.slipway.query.paging.Presence;
import java.nio.charset.StandardCharsets;
import org.bson.Document;

/** How a node and its last heartbeat are stored: what they are found by as fields. */
final class NodeDocument {

  private NodeDocument() {}

  static Document of(Node view) {
    var terminated = view.terminated();
    var document =
        new Document("_id", view.id().value())
            .append("version", view.version())
            .append("namespace", view.namespace().value())
            .append("name", view.facts().name())
            .append("nickname", view.named().nickname())
            .append("label", view.nickname())
            .append(ListOptions.SEARCH, ListOptions.searched(view.nickname(), view.facts().name()))
            .append("dockerVersion", view.facts().engineVersion())
            .append("state", view.state().text())
            .append("trouble", isInTrouble(view))
            .append("createdAt", view.registered().toEpochMilli())
            .append("doc", new String(Wire.write(view), StandardCharsets.UTF_8));
    return Presence.mark(document, terminated != null, terminated);
  }

  private static boolean isInTrouble(Node node) {
    var drain = node.drain();
    return node.terminated() == null
        && (node.state() == Node.State.UNREACHABLE || (drain != null && drain.reason() != null));
  }

  static Node view(Document document) {
    return Wire.MAPPER.readValue(document.getString("doc"), Node.class);
  }

  /** Of two heartbeats the later counts, whichever comes first. */
  static Document of(Heartbeat heartbeat) {
    return new Document("_id", heartbeat.node().value())
        .append("version", heartbeat.at().toEpochMilli())
        .append("problem", heartbeat.agent() == null ? null : heartbeat.agent().problem())
        .append("doc", new String(Wire.write(heartbeat), StandardCharsets.UTF_8));
  }

  static Heartbeat heartbeat(Document document) {
    return Wire.MAPPER.readValue(document.getString("doc"), Heartbeat.class);
  }
}
