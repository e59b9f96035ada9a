package dev.slipway.model.api;

import static dev.slipway.model.attribute.Attributes.CONTAINER_ENVVARS;
import static dev.slipway.model.attribute.Attributes.LINKED_TO_SERVICE;

import dev.slipway.model.Secret;
import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerPhase;
import dev.slipway.model.service.PortSpec;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceDefinition;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The variables by which a container finds what it is linked to: addresses, ports and the variables
 * of each container that runs, under the link's name. Only the user's variables and the image's are
 * handed on, so that links in a ring do not feed each other.
 */
public final class LinkVariables {

  private LinkVariables() {}

  /**
   * What a link gives: a set for each container with its number, and one without that is the
   * first's.
   */
  public static Map<String, Secret> of(String link, Service target) {
    var bySlot = running(target);
    var variables = new LinkedHashMap<String, Secret>();
    bySlot.forEach(
        (slot, container) -> put(variables, prefix(link) + "_" + slot, target, container));
    bySlot.values().stream()
        .findFirst()
        .ifPresent(first -> put(variables, prefix(link), target, first));
    return variables;
  }

  /** What one container alone gives to those that link to it. */
  public static Map<String, Secret> of(Service target, Container container) {
    var variables = new LinkedHashMap<String, Secret>();
    if (container.is(ContainerPhase.RUNNING)) {
      put(variables, prefix(target.name(container)), target, container);
    }
    return variables;
  }

  /** Where the API tells of what the links of the definition lead to. */
  public static Map<String, Secret> apiUrls(
      Service service, ServiceDefinition definition, String url) {
    var variables = new LinkedHashMap<String, Secret>();
    definition
        .get(LINKED_TO_SERVICE)
        .forEach(
            link ->
                variables.put(
                    apiUrl(link.name()),
                    new Secret(url + ResourceUri.of(service.namespace(), link.to()))));
    return variables;
  }

  /** The name of the variable that has the URL of the service that the link leads to. */
  static String apiUrl(String link) {
    return prefix(link) + "_DOCKERCLOUD_API_URL";
  }

  /** By slot: the newest container in it, if it runs. */
  static SortedMap<Integer, Container> running(Service target) {
    var bySlot = new TreeMap<Integer, Container>();
    target.fleet().containers().stream()
        .filter(container -> container.is(ContainerPhase.RUNNING))
        .forEach(container -> bySlot.put(container.slot(), container));
    return bySlot;
  }

  private static String prefix(String link) {
    return link.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_]", "_");
  }

  private static void put(
      Map<String, Secret> variables, String prefix, Service target, Container container) {
    var definition = target.definitions().of(container);
    var address = container.runtime().ipAddress();
    if (address != null) {
      putPorts(variables, prefix, address, ContainerPorts.of(definition, container));
    }
    var image = container.runtime().image();
    if (image != null) {
      image.environment().forEach(v -> variables.put(prefix + "_ENV_" + v.key(), v.value()));
    }
    definition
        .get(CONTAINER_ENVVARS)
        .forEach(v -> variables.put(prefix + "_ENV_" + v.key(), v.value()));
  }

  private static void putPorts(
      Map<String, Secret> variables, String prefix, String address, List<PortSpec> ports) {
    ports.stream()
        .min(Comparator.comparingInt(PortSpec::innerPort).thenComparing(PortSpec::protocol))
        .ifPresent(lowest -> variables.put(prefix + "_PORT", text(endpoint(address, lowest))));
    for (var port : ports) {
      var protocol = port.protocol().text();
      var name = "%s_PORT_%d_%s".formatted(prefix, port.innerPort(), port.protocol());
      variables.put(name, text(endpoint(address, port)));
      variables.put(name + "_ADDR", text(address));
      variables.put(name + "_PORT", text(Integer.toString(port.innerPort())));
      variables.put(name + "_PROTO", text(protocol));
    }
  }

  /** Where a linked container is reached: its own address and the port inside. */
  static String endpoint(String address, PortSpec port) {
    return "%s://%s:%d".formatted(port.protocol().text(), address, port.innerPort());
  }

  private static Secret text(String value) {
    return new Secret(value);
  }
}
