package dev.slipway.model.api;

import static dev.slipway.model.attribute.Attributes.LINKED_TO_SERVICE;

import dev.slipway.model.container.Container;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The containers that a container is linked to, as they are at this moment. */
public final class ContainerLinks {

  private ContainerLinks() {}

  /**
   * One object for each container that runs of each service that the definition now links to.
   *
   * @param targets the services linked to, as far as they are still there
   */
  public static List<Map<String, Object>> render(
      Service service, Container container, Map<ServiceId, Service> targets) {
    var links = new ArrayList<Map<String, Object>>();
    for (var link : service.definitions().current().get(LINKED_TO_SERVICE)) {
      var target = targets.get(link.to());
      if (target != null && target.namespace().equals(service.namespace())) {
        LinkVariables.running(target)
            .forEach(
                (slot, to) ->
                    links.add(render(link.name() + "-" + slot, service, container, target, to)));
      }
    }
    return links;
  }

  private static Map<String, Object> render(
      String name, Service service, Container container, Service target, Container to) {
    var json = new LinkedHashMap<String, Object>();
    json.put("name", name);
    json.put("from_container", ResourceUri.of(service.namespace(), container.id()));
    json.put("to_container", ResourceUri.of(target.namespace(), to.id()));
    json.put("endpoints", endpoints(target, to));
    return json;
  }

  private static Map<String, String> endpoints(Service target, Container to) {
    var endpoints = new LinkedHashMap<String, String>();
    var address = to.runtime().ipAddress();
    if (address != null) {
      for (var port : ContainerPorts.of(target.definitions().of(to), to)) {
        endpoints.put(
            port.innerPort() + "/" + port.protocol().text(), LinkVariables.endpoint(address, port));
      }
    }
    return endpoints;
  }
}
