package dev.slipway.query.container;

import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.container.ContainerPhase;
import dev.slipway.model.wire.Wire;
import dev.slipway.query.paging.ListOptions;
import dev.slipway.query.paging.Presence;
import java.nio.charset.StandardCharsets;
import org.bson.Document;

/** How a container is stored: what it is found by as fields, the whole as text. */
final class ContainerDocument {

  private ContainerDocument() {}

  static Document of(ContainerView view) {
    var container = view.container();
    var service = view.service();
    var stack = service.stack();
    var destroyed = container.runtime().dates().destroyed();
    var document =
        new Document("_id", container.id().value())
            .append("version", view.version())
            .append("namespace", service.namespace().value())
            .append("service", service.id().value())
            .append("serviceName", service.name())
            .append("name", service.name(container))
            .append("stack", stack == null ? null : stack.id().value())
            .append("stackName", stack == null ? null : stack.name())
            .append(
                ListOptions.SEARCH,
                ListOptions.searched(
                    service.name(container), service.definitions().current().get(Attributes.IMAGE)))
            .append("slot", container.slot())
            .append("state", container.phase().text())
            .append("node", container.node().value())
            .append("createdAt", container.runtime().dates().deployed().toEpochMilli())
            .append("doc", new String(Wire.write(view), StandardCharsets.UTF_8));
    return Presence.mark(document, container.is(ContainerPhase.TERMINATED), destroyed);
  }

  static ContainerView view(Document document) {
    return Wire.MAPPER.readValue(document.getString("doc"), ContainerView.class);
  }
}
