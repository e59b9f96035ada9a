package dev.slipway.query.service;

import dev.slipway.http.ApiFailure;
import dev.slipway.http.Caller;
import dev.slipway.model.api.Addressing;
import dev.slipway.model.api.ServiceLinks;
import dev.slipway.model.api.ServiceResource;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.Service;
import dev.slipway.query.paging.ListQuery;
import dev.slipway.query.projection.Projections;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class ServiceController {

  private final Services services;
  private final Projections projections;
  private final ServiceResource resource;

  ServiceController(
      Services services,
      Projections projections,
      @Value("${slipway.domain:localhost}") String domain) {
    this.services = services;
    this.projections = projections;
    this.resource = new ServiceResource(new Addressing(domain));
  }

  @GetMapping("/api/app/v1/service")
  Map<String, Object> list(Caller caller, @RequestParam Map<String, String> parameters) {
    projections.requireBuilt();
    var path = "/api/app/v1/%s/service/".formatted(caller.namespace());
    var query = ListQuery.of(path, parameters, Services.FILTERS);
    var page = services.page(caller.namespace(), query);
    var shown = page.documents().stream().map(ServiceDocument::service).toList();
    var linking = linking(caller, shown);
    return query.envelope(
        page.total(), shown.stream().map(s -> resource.render(s, linksTo(s, linking))).toList());
  }

  @GetMapping("/api/app/v1/service/{uuid}")
  ResponseEntity<Map<String, @Nullable Object>> detail(Caller caller, @PathVariable String uuid) {
    projections.requireBuilt();
    var service =
        services
            .find(caller.namespace(), ListQuery.pathUuid("service", uuid))
            .orElseThrow(() -> ApiFailure.notFound("service " + uuid));
    var linking = linking(caller, List.of(service));
    var json = resource.render(service, linksTo(service, linking));
    json.put("calculated_envvars", environment(service));
    json.put("link_variables", Map.of());
    return ResponseEntity.ok().eTag("\"" + service.version() + "\"").body(json);
  }

  private List<Service> linking(Caller caller, List<Service> shown) {
    if (shown.isEmpty()) {
      return List.of();
    }
    return services.linkingTo(
        caller.namespace(), shown.stream().map(service -> service.id().value()).toList());
  }

  private static List<Map<String, Object>> linksTo(Service service, List<Service> linking) {
    var links = new ArrayList<Map<String, Object>>();
    for (var from : linking) {
      from.definitions().current().get(Attributes.LINKED_TO_SERVICE).stream()
          .filter(link -> link.to().equals(service.id()))
          .forEach(link -> links.add(ServiceLinks.render(from, link)));
    }
    return links;
  }

  private static List<Map<String, String>> environment(Service service) {
    return service.definitions().current().get(Attributes.CONTAINER_ENVVARS).stream()
        .map(ServiceController::calculated)
        .toList();
  }

  private static Map<String, String> calculated(EnvironmentVariable variable) {
    var json = new LinkedHashMap<String, String>();
    json.put("key", variable.key());
    json.put("value", variable.value().reveal());
    json.put("origin", "user");
    return json;
  }
}
