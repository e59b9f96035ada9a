package dev.slipway.model.api;

import dev.slipway.model.Uuids;
import dev.slipway.model.container.Container;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.PortSpec;
import dev.slipway.model.service.Service;
import org.jspecify.annotations.Nullable;

/**
 * The names under which services, containers and nodes are reached.
 *
 * @param domain that all of them end in
 */
public record Addressing(String domain) {

  public String of(Service service) {
    return "%s.%s.svc.%s"
        .formatted(inStack(service, service.name()), Uuids.shortForm(service.id().value()), domain);
  }

  public String of(Service service, Container container) {
    return "%s.%s.cont.%s"
        .formatted(
            inStack(service, service.name(container)),
            Uuids.shortForm(container.id().value()),
            domain);
  }

  private static String inStack(Service service, String name) {
    return service.stack() == null ? name : name + "." + service.stack().name();
  }

  public String of(NodeId node) {
    return "%s.node.%s".formatted(Uuids.shortForm(node.value()), domain);
  }

  /** Where a port is reached, null if it has no port on a node. */
  static @Nullable String endpoint(String host, PortSpec port, @Nullable Integer outerPort) {
    if (outerPort == null || !port.published()) {
      return null;
    }
    return "%s://%s:%d/".formatted(PortNames.scheme(port), host, outerPort);
  }
}
