package dev.slipway.query.container;

import dev.slipway.http.ApiFailure;
import dev.slipway.http.Caller;
import dev.slipway.model.api.Addressing;
import dev.slipway.model.api.ContainerDetail;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.container.Container;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.service.ServiceLink;
import dev.slipway.query.paging.ListQuery;
import dev.slipway.query.projection.Projections;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class ContainerController {

  private final Containers containers;
  private final PresentLinks links;
  private final NodeAddresses nodes;
  private final Projections projections;
  private final ContainerDetail resource;

  ContainerController(
      Containers containers,
      PresentLinks links,
      NodeAddresses nodes,
      Projections projections,
      @Value("${slipway.domain:localhost}") String domain,
      @Value("${slipway.url:http://localhost:8080}") String url) {
    this.containers = containers;
    this.links = links;
    this.nodes = nodes;
    this.projections = projections;
    this.resource = new ContainerDetail(new Addressing(domain), url);
  }

  @GetMapping("/api/app/v1/container")
  Map<String, Object> list(Caller caller, @RequestParam MultiValueMap<String, String> parameters) {
    projections.requireBuilt();
    var path = "/api/app/v1/%s/container/".formatted(caller.namespace());
    var query = ListQuery.of(path, parameters, Containers.FILTERS);
    var page = containers.page(caller.namespace(), query);
    var views = page.documents().stream().map(ContainerDocument::view).toList();
    var targets = targets(caller, views);
    return query.envelope(page, views.stream().map(v -> json(v, targets)).toList());
  }

  @GetMapping("/api/app/v1/container/{uuid}")
  Map<String, @Nullable Object> detail(Caller caller, @PathVariable String uuid) {
    projections.requireBuilt();
    var view =
        containers
            .find(caller.namespace(), ListQuery.pathUuid("container", uuid))
            .orElseThrow(() -> ApiFailure.notFound("container " + uuid));
    var targets = targets(caller, List.of(view));
    return resource.renderWhole(
        view.service(), view.container(), targets.services(), targets.addresses());
  }

  /** What the links of containers lead to, and where the nodes are that it is on. */
  private record Targets(Map<ServiceId, Service> services, Map<NodeId, String> addresses) {

    static final Targets NONE = new Targets(Map.of(), Map.of());
  }

  private Targets targets(Caller caller, List<ContainerView> views) {
    var wanted =
        views.stream()
            .flatMap(view -> linksOf(view).stream())
            .map(ServiceLink::to)
            .collect(Collectors.toSet());
    if (wanted.isEmpty()) {
      return Targets.NONE;
    }
    var services = links.targets(caller.namespace(), wanted);
    return new Targets(services, nodes.addresses(nodesOf(services.values())));
  }

  private static Set<NodeId> nodesOf(Collection<Service> services) {
    return services.stream()
        .flatMap(service -> service.fleet().containers().stream())
        .map(Container::node)
        .collect(Collectors.toSet());
  }

  private static List<ServiceLink> linksOf(ContainerView view) {
    return view.service().definitions().current().get(Attributes.LINKED_TO_SERVICE);
  }

  private Map<String, @Nullable Object> json(ContainerView view, Targets targets) {
    return resource.render(
        view.service(), view.container(), targets.services(), targets.addresses());
  }
}
