package dev.slipway.command.service;

import dev.slipway.command.scheduling.Cluster;
import dev.slipway.model.Secret;
import dev.slipway.model.api.LinkVariables;
import dev.slipway.model.api.Reach;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.Service;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The variables of links, which are fixed when a container is placed and not changed after. */
final class LinksAtPlacement {

  private LinksAtPlacement() {}

  /**
   * The services that the links lead to; one that is gone or of another namespace is none. What is
   * deployed one after the other is linked to those before it by the service's own name.
   */
  static Map<String, Service> targets(Service service, Cluster.Source services) {
    var targets = new LinkedHashMap<String, Service>();
    for (var link : service.definitions().current().get(Attributes.LINKED_TO_SERVICE)) {
      var target =
          link.to().equals(service.id()) ? Optional.of(service) : services.service(link.to());
      target
          .filter(one -> one.namespace().equals(service.namespace()))
          .ifPresent(one -> targets.put(link.name(), one));
    }
    if (service.definitions().current().get(Attributes.SEQUENTIAL_DEPLOYMENT)) {
      targets.putIfAbsent(service.name(), service);
    }
    return targets;
  }

  /**
   * @param targets by the name of the link
   */
  static List<EnvironmentVariable> variables(Map<String, Service> targets, Reach reach) {
    var variables = new LinkedHashMap<String, Secret>();
    targets.forEach((link, target) -> variables.putAll(LinkVariables.of(link, target, reach)));
    return variables.entrySet().stream()
        .map(variable -> new EnvironmentVariable(variable.getKey(), variable.getValue()))
        .toList();
  }
}
