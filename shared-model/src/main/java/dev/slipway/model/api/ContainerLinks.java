package dev.slipway.model.api;

import static dev.slipway.model.attribute.Attributes.LINKED_TO_SERVICE;

import dev.slipway.model.container.Container;
import dev.slipway.model.node.NodeId;
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
   * @param addresses where the ports that nodes publish are reached
   */
  public static List<Map<String, Object>> render(
      Service service,
      Container container,
      Map<ServiceId, Service> targets,
      Map<NodeId, String> addresses) {
    var reach = new Reach(service, container.node(), addresses);
    var links = new ArrayList<Map<String, Object>>();
    for (var link : service.definitions().current().get(LINKED_TO_SERVICE)) {
      var target = targets.get(link.to());
      if (target != null && target.namespace().equals(service.namespace())) {
        LinkVariables.running(target, reach)
            .forEach(
                (slot, to) ->
                    links.add(
                        json(
                            link.name() + "-" + slot,
                            ResourceUri.of(service.namespace(), container.id()),
                            ResourceUri.of(target.namespace(), to.id()),
                            endpoints(target, to, reach))));
      }
    }
    return links;
  }

  private static Map<String, Object> json(
      String name, String from, String to, Map<String, String> endpoints) {
    var json = new LinkedHashMap<String, Object>();
    json.put("name", name);
    json.put("from_container", from);
    json.put("to_container", to);
    json.put("endpoints", endpoints);
    return json;
  }

  private static Map<String, String> endpoints(Service target, Container to, Reach reach) {
    var endpoints = new LinkedHashMap<String, String>();
    for (var port : ContainerPorts.of(target.definitions().of(to), to)) {
      LinkVariables.url(to, port, reach)
          .ifPresent(url -> endpoints.put(port.innerPort() + "/" + port.protocol().text(), url));
    }
    return endpoints;
  }
}
