package dev.slipway.query.service;

import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.service.Service;
import dev.slipway.model.wire.Wire;
import dev.slipway.query.paging.ListOptions;
import dev.slipway.query.paging.Presence;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bson.Document;

/** How a service is stored: what it is found by as fields, the whole as text. */
final class ServiceDocument {

  private ServiceDocument() {}

  static Document of(Service service) {
    var stack = service.stack();
    var links = links(service);
    var trouble = ServiceTrouble.of(service);
    boolean linking = !service.terminated() && !links.isEmpty();
    var document =
        new Document("_id", service.id().value())
            .append("version", service.version())
            .append("namespace", service.namespace().value())
            .append("name", service.name())
            .append("image", service.definitions().current().get(Attributes.IMAGE))
            .append("state", service.lifecycle().text())
            .append("createdAt", service.dates().created().toEpochMilli())
            .append("stack", stack == null ? null : stack.id().value())
            .append("stackName", stack == null ? null : stack.name())
            .append("linkingIn", linking ? service.namespace().value() : null)
            .append("links", links)
            .append(
                ListOptions.SEARCH,
                ListOptions.searched(
                    service.name(), service.definitions().current().get(Attributes.IMAGE)))
            .append("trouble", trouble.map(ServiceTrouble::severity).orElse(0))
            .append("troubledSince", trouble.map(one -> one.since().toEpochMilli()).orElse(null))
            .append("doc", new String(Wire.write(service), StandardCharsets.UTF_8));
    var destroyed = service.terminated() ? service.dates().destroyed() : null;
    return Presence.mark(document, service.terminated(), destroyed);
  }

  private static List<String> links(Service service) {
    return service.definitions().current().get(Attributes.LINKED_TO_SERVICE).stream()
        .map(link -> link.to().value())
        .distinct()
        .toList();
  }

  static Service service(Document document) {
    return Wire.MAPPER.readValue(document.getString("doc"), Service.class);
  }
}
