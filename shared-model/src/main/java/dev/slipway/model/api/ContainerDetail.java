package dev.slipway.model.api;

import dev.slipway.model.Secret;
import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerPhase;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A container with all that is known of it: in its detail, and in answers to commands. */
public final class ContainerDetail {

  /** A login of the container's own, which is more than who reads of it may have. */
  private static final String LOGIN = "DOCKERCLOUD_AUTH";

  private final ContainerResource resource;
  private final Environment environment;

  public ContainerDetail(Addressing addressing, String url) {
    this.resource = new ContainerResource(addressing);
    this.environment = new Environment(addressing, url);
  }

  /**
   * As lists have it.
   *
   * @param targets the services linked to, as far as they are still there
   * @param addresses where the ports that nodes publish are reached
   */
  public Map<String, @Nullable Object> render(
      Service service,
      Container container,
      Map<ServiceId, Service> targets,
      Map<NodeId, String> addresses) {
    var json = resource.render(service, container);
    boolean gone = container.is(ContainerPhase.TERMINATED);
    json.put(
        "linked_to_container",
        gone ? List.of() : ContainerLinks.render(service, container, targets, addresses));
    json.put("last_metric", null);
    return json;
  }

  /** With its variables and those of links to it. */
  public Map<String, @Nullable Object> renderWhole(
      Service service,
      Container container,
      Map<ServiceId, Service> targets,
      Map<NodeId, String> addresses) {
    var json = render(service, container, targets, addresses);
    json.put(
        "container_envvars",
        environment.whole(service, container).stream()
            .map(v -> v.key().equals(LOGIN) ? new EnvironmentVariable(LOGIN, new Secret("***")) : v)
            .map(EnvironmentJson::of)
            .toList());
    json.put("link_variables", EnvironmentJson.texts(LinkVariables.of(service, container)));
    return json;
  }
}
