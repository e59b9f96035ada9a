package dev.slipway.command.publishing;

import dev.slipway.model.Secret;
import dev.slipway.model.api.Addressing;
import dev.slipway.model.api.ResourceUri;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.container.Container;
import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.Service;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The variables of a container: those that tell it where it is, and over them the user's own.
 *
 * @param url where the API is reached from containers, without a path
 */
public record ContainerEnvironment(Addressing addressing, String url) {

  List<EnvironmentVariable> of(Service service, Container container) {
    var variables = new LinkedHashMap<String, Secret>();
    system(service, container)
        .forEach((name, value) -> variables.put("DOCKERCLOUD_" + name, new Secret(value)));
    service
        .definitions()
        .of(container)
        .get(Attributes.CONTAINER_ENVVARS)
        .forEach(variable -> variables.put(variable.key(), variable.value()));
    return variables.entrySet().stream()
        .map(variable -> new EnvironmentVariable(variable.getKey(), variable.getValue()))
        .toList();
  }

  private Map<String, String> system(Service service, Container container) {
    var namespace = service.namespace();
    var system = new LinkedHashMap<String, String>();
    putUri(system, "SERVICE", ResourceUri.of(namespace, service.id()));
    putUri(system, "CONTAINER", ResourceUri.of(namespace, container.id()));
    putUri(system, "NODE", ResourceUri.of(namespace, container.node()));
    system.put("SERVICE_HOSTNAME", service.name());
    system.put("SERVICE_FQDN", addressing.of(service));
    system.put("CONTAINER_HOSTNAME", service.name(container));
    system.put("CONTAINER_FQDN", addressing.of(service, container));
    system.put("NODE_FQDN", addressing.of(container.node()));
    system.put("NODE_HOSTNAME", addressing.of(container.node()).replaceFirst("\\..*", ""));
    if (service.stack() != null) {
      system.put("STACK_NAME", service.stack().name());
    }
    system.put("REST_HOST", url);
    system.put("STREAM_HOST", url.replaceFirst("^http", "ws"));
    return system;
  }

  private void putUri(Map<String, String> system, String what, String uri) {
    system.put(what + "_API_URI", uri);
    system.put(what + "_API_URL", url + uri);
  }
}
