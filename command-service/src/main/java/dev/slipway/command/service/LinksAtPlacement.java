package dev.slipway.command.service;

import dev.slipway.command.scheduling.Cluster;
import dev.slipway.model.Secret;
import dev.slipway.model.api.LinkVariables;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.Service;
import java.util.LinkedHashMap;
import java.util.List;

/** The variables of links, which are fixed when a container is placed and not changed after. */
final class LinksAtPlacement {

  private LinksAtPlacement() {}

  /** A link to a service that is gone, or of another namespace, gives none. */
  static List<EnvironmentVariable> variables(Service service, Cluster.Source services) {
    var variables = new LinkedHashMap<String, Secret>();
    for (var link : service.definitions().current().get(Attributes.LINKED_TO_SERVICE)) {
      var target =
          link.to().equals(service.id())
              ? java.util.Optional.of(service)
              : services.service(link.to());
      target
          .filter(one -> one.namespace().equals(service.namespace()))
          .ifPresent(one -> variables.putAll(LinkVariables.of(link.name(), one)));
    }
    return variables.entrySet().stream()
        .map(variable -> new EnvironmentVariable(variable.getKey(), variable.getValue()))
        .toList();
  }
}
