package dev.slipway.command.stack;

import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.service.Binding;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.service.ServiceLink;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The order of services in which what is linked to comes before what links to it. */
final class LinkOrder {

  private LinkOrder() {}

  /** A link that closes a circle is passed over; otherwise the order that was given stays. */
  static List<ServiceId> of(Map<ServiceId, ServiceDefinition> definitions) {
    var order = new ArrayList<ServiceId>();
    var seen = new HashSet<ServiceId>();
    definitions.keySet().forEach(service -> visit(service, definitions, seen, order));
    return order;
  }

  private static void visit(
      ServiceId service,
      Map<ServiceId, ServiceDefinition> definitions,
      Set<ServiceId> seen,
      List<ServiceId> order) {
    var definition = definitions.get(service);
    if (definition == null || !seen.add(service)) {
      return;
    }
    targets(definition).forEach(target -> visit(target, definitions, seen, order));
    order.add(service);
  }

  private static Stream<ServiceId> targets(ServiceDefinition definition) {
    return Stream.concat(definition.get(Attributes.DEPENDS_ON).stream(), references(definition));
  }

  /** The services that come before the service: those that it links to or takes volumes from. */
  static Stream<ServiceId> needs(ServiceDefinition definition) {
    return references(definition);
  }

  private static Stream<ServiceId> references(ServiceDefinition definition) {
    return Stream.concat(
        definition.get(Attributes.LINKED_TO_SERVICE).stream().map(ServiceLink::to),
        volumes(definition));
  }

  /** The services whose volumes it uses. */
  static Stream<ServiceId> volumes(ServiceDefinition definition) {
    return definition.get(Attributes.BINDINGS).stream()
        .map(Binding::volumesFrom)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull);
  }
}
