package dev.slipway.model.api;

import static dev.slipway.model.attribute.Attributes.CONTAINER_PORTS;
import static dev.slipway.model.attribute.Attributes.NICKNAME;

import dev.slipway.model.attribute.Attribute;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.container.ContainerPhase;
import dev.slipway.model.service.DeploymentStrategy;
import dev.slipway.model.service.PortSpec;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.service.ServiceLifecycle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A service as the API shows it: the one rendering, of answers to commands and to queries. */
public final class ServiceResource {

  private final Addressing addressing;

  public ServiceResource(Addressing addressing) {
    this.addressing = addressing;
  }

  /**
   * The JSON object of a service.
   *
   * @param linkedFrom the links of other services to this one, rendered already
   */
  public Map<String, @Nullable Object> render(
      Service service, List<? extends Map<String, ?>> linkedFrom) {
    return render(service, linkedFrom, _ -> true);
  }

  /**
   * The JSON object of a service.
   *
   * @param linkedFrom the links of other services to this one, rendered already
   * @param live which services are still there: links to others vanish
   */
  public Map<String, @Nullable Object> render(
      Service service, List<? extends Map<String, ?>> linkedFrom, Predicate<ServiceId> live) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("uuid", service.id().value());
    json.put("resource_uri", ResourceUri.of(service.namespace(), service.id()));
    for (var attribute : Attributes.all()) {
      json.put(outputName(attribute), value(service, attribute, live));
    }
    json.put("public_dns", publicDns(service));
    json.put("state", service.lifecycle().text());
    json.put("synchronized", service.isSynchronized());
    json.put(
        "stack",
        service.stack() == null ? null : ResourceUri.of(service.namespace(), service.stack().id()));
    json.put("linked_from_service", linkedFrom);
    putCounts(json, service);
    putDates(json, service);
    json.put(
        "containers",
        service.fleet().containers().stream()
            .map(container -> ResourceUri.of(service.namespace(), container.id()))
            .toList());
    return json;
  }

  private static String outputName(Attribute<?> attribute) {
    return attribute.equals(Attributes.IMAGE) ? "image_name" : attribute.name();
  }

  private @Nullable Object value(
      Service service, Attribute<?> attribute, Predicate<ServiceId> live) {
    var definition = service.definitions().current();
    if (attribute.equals(CONTAINER_PORTS)) {
      return ContainerPorts.of(service).stream().map(port -> port(service, port)).toList();
    }
    if (attribute.equals(Attributes.LINKED_TO_SERVICE)) {
      return definition.get(Attributes.LINKED_TO_SERVICE).stream()
          .filter(link -> live.test(link.to()))
          .map(link -> ServiceLinks.render(service, link))
          .toList();
    }
    if (attribute.equals(Attributes.BINDINGS)) {
      return definition.get(Attributes.BINDINGS).stream()
          .map(binding -> ServiceLinks.render(service, binding))
          .toList();
    }
    if (attribute.equals(Attributes.DEPENDS_ON)) {
      return definition.get(Attributes.DEPENDS_ON).stream()
          .map(other -> ResourceUri.of(service.namespace(), other))
          .toList();
    }
    if (attribute.equals(NICKNAME) && definition.find(NICKNAME) == null) {
      return service.name();
    }
    if (attribute.equals(Attributes.TARGET_NUM_CONTAINERS)
        && definition.get(Attributes.DEPLOYMENT_STRATEGY) == DeploymentStrategy.EVERY_NODE) {
      return service.fleet().size();
    }
    return definition.json(attribute);
  }

  private Map<String, @Nullable Object> port(Service service, PortSpec port) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("endpoint_uri", Addressing.endpoint(addressing.of(service), port, port.outerPort()));
    json.put("inner_port", port.innerPort());
    json.put("outer_port", port.outerPort());
    json.put("port_name", PortNames.of(port.innerPort()));
    json.put("protocol", port.protocol().text());
    json.put("published", port.published());
    return json;
  }

  private @Nullable String publicDns(Service service) {
    return service.definitions().current().get(CONTAINER_PORTS).stream()
            .anyMatch(port -> port.published() && port.outerPort() != null)
        ? addressing.of(service)
        : null;
  }

  private static void putCounts(Map<String, @Nullable Object> json, Service service) {
    var fleet = service.fleet();
    json.put("current_num_containers", fleet.containers().size());
    json.put("running_num_containers", fleet.count(ContainerPhase.RUNNING));
    json.put("stopped_num_containers", fleet.count(ContainerPhase.STOPPED));
  }

  private static void putDates(Map<String, @Nullable Object> json, Service service) {
    var dates = service.dates();
    json.put("deployed_datetime", ApiDate.of(dates.deployed()));
    json.put("started_datetime", ApiDate.of(dates.started()));
    json.put("stopped_datetime", ApiDate.of(dates.stopped()));
    json.put("destroyed_datetime", ApiDate.of(dates.destroyed()));
  }

  /** Whether the API shows the service as still there. */
  public static boolean isLive(Service service) {
    return service.lifecycle() != ServiceLifecycle.TERMINATED;
  }
}
