package dev.slipway.model.api;

import static dev.slipway.model.attribute.Attributes.CONTAINER_ENVVARS;
import static dev.slipway.model.attribute.Attributes.LINKED_TO_SERVICE;

import dev.slipway.model.Ascii;
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
import java.util.Optional;
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
  public static Map<String, Secret> of(String link, Service target, Reach reach) {
    var bySlot = running(target, reach);
    var variables = new LinkedHashMap<String, Secret>();
    bySlot.forEach(
        (slot, container) -> put(variables, prefix(link) + "_" + slot, target, container, reach));
    bySlot.values().stream()
        .findFirst()
        .ifPresent(first -> put(variables, prefix(link), target, first, reach));
    return variables;
  }

  /** What one container alone gives to those that link to it. */
  public static Map<String, Secret> of(Service target, Container container) {
    var variables = new LinkedHashMap<String, Secret>();
    if (container.is(ContainerPhase.RUNNING)) {
      put(variables, prefix(target.name(container)), target, container, Reach.BESIDE);
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
  static SortedMap<Integer, Container> running(Service target, Reach reach) {
    var bySlot = new TreeMap<Integer, Container>();
    target.fleet().containers().stream()
        .filter(container -> container.is(ContainerPhase.RUNNING))
        .filter(container -> reach.includes(target, container))
        .forEach(container -> bySlot.put(container.slot(), container));
    return bySlot;
  }

  private static String prefix(String link) {
    var name = new StringBuilder(link.toUpperCase(Locale.ROOT));
    for (int at = 0; at < name.length(); at++) {
      char c = name.charAt(at);
      if (!Ascii.isLetterOrDigit(c) && c != '_') {
        name.setCharAt(at, '_');
      }
    }
    return name.toString();
  }

  private static void put(
      Map<String, Secret> variables,
      String prefix,
      Service target,
      Container container,
      Reach reach) {
    var definition = target.definitions().of(container);
    putPorts(variables, prefix, container, ContainerPorts.of(definition, container), reach);
    var image = container.runtime().image();
    if (image != null) {
      image.environment().forEach(v -> variables.put(prefix + "_ENV_" + v.key(), v.value()));
    }
    definition
        .get(CONTAINER_ENVVARS)
        .forEach(v -> variables.put(prefix + "_ENV_" + v.key(), v.value()));
  }

  private static void putPorts(
      Map<String, Secret> variables,
      String prefix,
      Container container,
      List<PortSpec> ports,
      Reach reach) {
    ports.stream()
        .min(Comparator.comparingInt(PortSpec::innerPort).thenComparing(PortSpec::protocol))
        .flatMap(lowest -> url(container, lowest, reach))
        .ifPresent(url -> variables.put(prefix + "_PORT", text(url)));
    for (var port : ports) {
      var name = "%s_PORT_%d_%s".formatted(prefix, port.innerPort(), port.protocol());
      reach
          .endpoint(container, port)
          .ifPresent(
              endpoint -> {
                variables.put(name, text(url(endpoint, port)));
                variables.put(name + "_ADDR", text(endpoint.address()));
                variables.put(name + "_PORT", text(Integer.toString(endpoint.port())));
                variables.put(name + "_PROTO", text(port.protocol().text()));
              });
    }
  }

  /** Where a port of a linked container is reached, empty if that is not known. */
  static Optional<String> url(Container container, PortSpec port, Reach reach) {
    return reach.endpoint(container, port).map(endpoint -> url(endpoint, port));
  }

  private static String url(Reach.Endpoint endpoint, PortSpec port) {
    return "%s://%s:%d".formatted(port.protocol().text(), endpoint.address(), endpoint.port());
  }

  private static Secret text(String value) {
    return new Secret(value);
  }
}
