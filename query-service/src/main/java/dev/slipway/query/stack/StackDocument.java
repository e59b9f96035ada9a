package dev.slipway.query.stack;

import dev.slipway.model.stack.Stack;
import dev.slipway.model.wire.Wire;
import dev.slipway.query.paging.ListOptions;
import dev.slipway.query.paging.Presence;
import java.nio.charset.StandardCharsets;
import org.bson.Document;

/** How a stack is stored: what it is found by as fields, the whole as text. */
final class StackDocument {

  private StackDocument() {}

  static Document of(Stack stack) {
    var destroyed = stack.dates().destroyed();
    var document =
        new Document("_id", stack.id().value())
            .append("version", stack.version())
            .append("namespace", stack.namespace().value())
            .append("name", stack.name())
            .append(ListOptions.SEARCH, ListOptions.searched(stack.name()))
            .append("createdAt", stack.dates().created().toEpochMilli())
            .append("doc", new String(Wire.write(stack), StandardCharsets.UTF_8));
    return Presence.mark(document, stack.terminated(), destroyed);
  }

  static Stack stack(Document document) {
    return Wire.MAPPER.readValue(document.getString("doc"), Stack.class);
  }
}
