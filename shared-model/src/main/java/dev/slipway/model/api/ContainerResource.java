package dev.slipway.model.api;

import static dev.slipway.model.attribute.Attributes.CONTAINER_PORTS;
import static dev.slipway.model.attribute.Attributes.IMAGE;

import dev.slipway.model.attribute.Attribute.Trait;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.container.Assignment.Wanted;
import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerCondition;
import dev.slipway.model.container.ContainerRuntime;
import dev.slipway.model.container.ImageFacts;
import dev.slipway.model.container.PublishedPort;
import dev.slipway.model.service.PortSpec;
import dev.slipway.model.service.Service;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A container as the API shows it. */
public final class ContainerResource {

  private final Addressing addressing;

  public ContainerResource(Addressing addressing) {
    this.addressing = addressing;
  }

  /** The JSON object of a container of the service, which may be gone from its fleet already. */
  public Map<String, @Nullable Object> render(Service service, Container container) {
    var definition = service.definitions().of(container);
    var runtime = container.runtime();
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("uuid", container.id().value());
    json.put("resource_uri", ResourceUri.of(service.namespace(), container.id()));
    json.put("name", service.name(container));
    json.put("service", ResourceUri.of(service.namespace(), service.id()));
    json.put("node", ResourceUri.of(service.namespace(), container.node()));
    json.put("state", container.phase().text());
    json.put("synchronized", service.definitions().matches(container));
    json.put("image_name", definition.get(IMAGE));
    json.put("image_msg", imageMessage(runtime.image()));
    json.put("public_dns", addressing.of(service, container));
    json.put("private_ip", runtime.ipAddress());
    json.put("docker_id", runtime.engineId());
    json.put("container_ports", ports(service, container));
    putEnd(json, container);
    Attributes.all().stream()
        .filter(a -> a.is(Trait.IN_CONTAINER) && !a.equals(IMAGE) && !a.equals(CONTAINER_PORTS))
        .filter(a -> !a.equals(Attributes.LINKED_TO_SERVICE))
        .forEach(attribute -> json.put(attribute.name(), definition.json(attribute)));
    json.put("autodestroy", definition.json(Attributes.AUTODESTROY));
    putDates(json, runtime.dates());
    return json;
  }

  /** Why the image is the one that the node had; null if the registry was asked for it. */
  public static @Nullable String imageMessage(@Nullable ImageFacts image) {
    return image == null || image.notPulled() == null
        ? null
        : "The image was not pulled, the node's own is used: " + image.notPulled();
  }

  private List<Map<String, @Nullable Object>> ports(Service service, Container container) {
    return ContainerPorts.of(service.definitions().of(container), container).stream()
        .map(port -> port(addressing.of(service, container), port, container.runtime()))
        .toList();
  }

  private static Map<String, @Nullable Object> port(
      String host, PortSpec port, ContainerRuntime runtime) {
    var outer =
        runtime.ports().stream()
            .filter(p -> p.innerPort() == port.innerPort() && p.protocol() == port.protocol())
            .map(PublishedPort::outerPort)
            .findFirst()
            .orElse(port.outerPort());
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("endpoint_uri", Addressing.endpoint(host, port, outer));
    json.put("inner_port", port.innerPort());
    json.put("outer_port", outer);
    json.put("port_name", PortNames.of(port.innerPort()));
    json.put("protocol", port.protocol().text());
    json.put("published", port.published());
    json.put("uri_protocol", PortNames.scheme(port));
    return json;
  }

  private static void putEnd(Map<String, @Nullable Object> json, Container container) {
    var runtime = container.runtime();
    var ended = runtime.ended();
    var message = message(ended);
    boolean restarted = message != null && container.phase().wanted() == Wanted.RUNNING;
    putCondition(json, container.condition());
    json.put("restart_count", runtime.restarts());
    json.put("exit_code", ended == null ? null : ended.exitCode());
    json.put(
        "exit_code_msg",
        runtime.failure() != null
            ? runtime.failure()
            : restarted ? message + ", started again" : message);
  }

  private static void putCondition(
      Map<String, @Nullable Object> json, ContainerCondition condition) {
    var health = condition.health();
    json.put("waiting_reason", condition.waiting());
    json.put("health", health == null ? null : health.status().text());
    json.put("health_msg", health == null ? null : health.output());
    json.put("paused", condition.paused());
  }

  private static @Nullable String message(ContainerRuntime.@Nullable Ended ended) {
    if (ended == null) {
      return null;
    }
    var exitCode = ended.exitCode();
    if (exitCode == null) {
      return ended.error();
    }
    var why =
        ended.oomKilled()
            ? "Out of memory"
            : ended.error() != null && !ended.error().isEmpty() ? ended.error() : meaning(exitCode);
    return "Exit code %d (%s)".formatted(exitCode, why);
  }

  /** What shells and the Engine mean by an exit code. */
  private static String meaning(int exitCode) {
    return switch (exitCode) {
      case 0 -> "Success";
      case 126 -> "Command cannot be invoked";
      case 127 -> "Command not found";
      case 137 -> "Killed: SIGKILL";
      case 139 -> "Segmentation fault: SIGSEGV";
      case 143 -> "Terminated: SIGTERM";
      default -> exitCode > 128 ? "Ended by signal " + (exitCode - 128) : "Error";
    };
  }

  private static void putDates(Map<String, @Nullable Object> json, ContainerRuntime.Dates dates) {
    json.put("deployed_datetime", ApiDate.of(dates.deployed()));
    json.put("started_datetime", ApiDate.of(dates.started()));
    json.put("stopped_datetime", ApiDate.of(dates.stopped()));
    json.put("destroyed_datetime", ApiDate.of(dates.destroyed()));
  }
}
