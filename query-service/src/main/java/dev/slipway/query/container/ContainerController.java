package dev.slipway.query.container;

import dev.slipway.http.ApiFailure;
import dev.slipway.http.Caller;
import dev.slipway.model.api.Addressing;
import dev.slipway.model.api.ContainerResource;
import dev.slipway.query.paging.ListQuery;
import dev.slipway.query.projection.Projections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class ContainerController {

  private final Containers containers;
  private final Projections projections;
  private final ContainerResource resource;

  ContainerController(
      Containers containers,
      Projections projections,
      @Value("${slipway.domain:localhost}") String domain) {
    this.containers = containers;
    this.projections = projections;
    this.resource = new ContainerResource(new Addressing(domain));
  }

  @GetMapping("/api/app/v1/container")
  Map<String, Object> list(Caller caller, @RequestParam Map<String, String> parameters) {
    projections.requireBuilt();
    var path = "/api/app/v1/%s/container/".formatted(caller.namespace());
    var query = ListQuery.of(path, parameters, Containers.FILTERS);
    var page = containers.page(caller.namespace(), query);
    return query.envelope(
        page.total(),
        page.documents().stream().map(ContainerDocument::view).map(this::json).toList());
  }

  @GetMapping("/api/app/v1/container/{uuid}")
  Map<String, @Nullable Object> detail(Caller caller, @PathVariable String uuid) {
    projections.requireBuilt();
    var view =
        containers
            .find(caller.namespace(), ListQuery.pathUuid("container", uuid))
            .orElseThrow(() -> ApiFailure.notFound("container " + uuid));
    var json = json(view);
    json.put("link_variables", Map.of());
    return json;
  }

  private Map<String, @Nullable Object> json(ContainerView view) {
    var json = resource.render(view.service(), view.container());
    json.put("linked_to_container", List.of());
    json.put("last_metric", null);
    return json;
  }
}
