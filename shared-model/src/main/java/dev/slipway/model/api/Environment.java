package dev.slipway.model.api;

import static dev.slipway.model.attribute.Attributes.CONTAINER_ENVVARS;

import dev.slipway.model.Delimited;
import dev.slipway.model.Secret;
import dev.slipway.model.container.Container;
import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.Service;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The variables of containers, from all that sets some. The image's lie at the bottom; over them
 * those that tell a container where it is, those fixed when it was placed (of links among them),
 * and on top the user's own.
 *
 * @param url where the API is reached from containers, without a path
 */
public record Environment(Addressing addressing, String url) {

  /** A variable, and who set it: {@code user}, {@code image} or {@code tutum}. */
  public record Calculated(String key, Secret value, String origin) {}

  /** What an Engine must be told to set in the container: all but what its image sets. */
  public List<EnvironmentVariable> toSet(Service service, Container container) {
    return list(set(service, container));
  }

  /** Every variable that the container has, with the values that names in values stand for. */
  public List<EnvironmentVariable> whole(Service service, Container container) {
    var variables = new LinkedHashMap<String, Secret>();
    var image = container.runtime().image();
    var ofImage = image == null ? List.<EnvironmentVariable>of() : image.environment();
    putAll(variables, ofImage);
    putAll(variables, resolved(service, container, ofImage));
    return list(variables);
  }

  private List<EnvironmentVariable> resolved(
      Service service, Container container, List<EnvironmentVariable> ofImage) {
    var set = asSeenInside(list(set(service, container)), container);
    var users =
        service.definitions().of(container).get(CONTAINER_ENVVARS).stream()
            .map(EnvironmentVariable::key)
            .toList();
    try {
      return VariableReferences.resolve(set, users, ofImage);
    } catch (IllegalArgumentException tooLong) { // then no container is made of it
      return set;
    }
  }

  /** Its node's agent has replaced an address that leads a container to itself. */
  private static List<EnvironmentVariable> asSeenInside(
      List<EnvironmentVariable> variables, Container container) {
    var gateway = container.condition().gateway();
    return gateway == null ? variables : ApiAddress.reachable(variables, gateway);
  }

  /** What any container of the service made today would have. */
  public List<Calculated> calculated(Service service) {
    var byKey = new LinkedHashMap<String, Calculated>();
    var user = service.definitions().current().get(CONTAINER_ENVVARS);
    user.forEach(v -> byKey.put(v.key(), new Calculated(v.key(), v.value(), "user")));
    prefixed(ofService(service))
        .forEach((key, value) -> byKey.putIfAbsent(key, new Calculated(key, value, "tutum")));
    ContainerPorts.imageOf(service)
        .ifPresent(
            image ->
                image
                    .environment()
                    .forEach(
                        v ->
                            byKey.putIfAbsent(
                                v.key(), new Calculated(v.key(), v.value(), "image"))));
    return new ArrayList<>(byKey.values());
  }

  /** What a link to the service under its own name gives. */
  public Map<String, Secret> linkVariables(Service service) {
    var variables = new LinkedHashMap<>(LinkVariables.of(service.name(), service, Reach.BESIDE));
    variables.put(
        LinkVariables.apiUrl(service.name()),
        new Secret(url + ResourceUri.of(service.namespace(), service.id())));
    return variables;
  }

  private Map<String, Secret> set(Service service, Container container) {
    var definition = service.definitions().of(container);
    var variables = new LinkedHashMap<String, Secret>();
    variables.putAll(prefixed(ofService(service)));
    variables.putAll(prefixed(ofContainer(service, container)));
    variables.putAll(LinkVariables.apiUrls(service, definition, url));
    putAll(variables, container.variables());
    putAll(variables, definition.get(CONTAINER_ENVVARS));
    return variables;
  }

  private static void putAll(Map<String, Secret> variables, Collection<EnvironmentVariable> more) {
    more.forEach(variable -> variables.put(variable.key(), variable.value()));
  }

  private static List<EnvironmentVariable> list(Map<String, Secret> variables) {
    return variables.entrySet().stream()
        .map(variable -> new EnvironmentVariable(variable.getKey(), variable.getValue()))
        .toList();
  }

  private Map<String, String> ofService(Service service) {
    var system = new LinkedHashMap<String, String>();
    putUri(system, "SERVICE", ResourceUri.of(service.namespace(), service.id()));
    system.put("SERVICE_HOSTNAME", service.name());
    system.put("SERVICE_FQDN", addressing.of(service));
    var stack = service.stack();
    if (stack != null) {
      system.put("STACK_NAME", stack.name());
    }
    system.put("REST_HOST", url);
    system.put("STREAM_HOST", url.startsWith("http") ? "ws" + url.substring("http".length()) : url);
    return system;
  }

  private Map<String, String> ofContainer(Service service, Container container) {
    var system = new LinkedHashMap<String, String>();
    putUri(system, "CONTAINER", ResourceUri.of(service.namespace(), container.id()));
    putUri(system, "NODE", ResourceUri.of(service.namespace(), container.node()));
    system.put("CONTAINER_HOSTNAME", service.name(container));
    system.put("CONTAINER_FQDN", addressing.of(service, container));
    system.put("NODE_FQDN", addressing.of(container.node()));
    system.put("NODE_HOSTNAME", Delimited.before(addressing.of(container.node()), '.'));
    return system;
  }

  private void putUri(Map<String, String> system, String what, String uri) {
    system.put(what + "_API_URI", uri);
    system.put(what + "_API_URL", url + uri);
  }

  private static Map<String, Secret> prefixed(Map<String, String> system) {
    var variables = new LinkedHashMap<String, Secret>();
    system.forEach((name, value) -> variables.put("DOCKERCLOUD_" + name, new Secret(value)));
    return variables;
  }
}
