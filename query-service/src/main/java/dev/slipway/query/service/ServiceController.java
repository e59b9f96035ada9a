package dev.slipway.query.service;

import dev.slipway.http.Caller;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.api.Addressing;
import dev.slipway.model.api.Environment;
import dev.slipway.model.api.EnvironmentJson;
import dev.slipway.model.api.ServiceLinks;
import dev.slipway.model.api.ServiceResource;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.service.ServiceLink;
import dev.slipway.query.history.Past;
import dev.slipway.query.paging.ListQuery;
import dev.slipway.query.projection.Projections;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class ServiceController {

  private final Services services;
  private final Projections projections;
  private final Past past;
  private final ServiceResource resource;
  private final Environment environment;

  ServiceController(
      Services services,
      Projections projections,
      Past past,
      @Value("${slipway.domain:localhost}") String domain,
      @Value("${slipway.url:http://localhost:8080}") String url) {
    this.services = services;
    this.projections = projections;
    this.past = past;
    var addressing = new Addressing(domain);
    this.resource = new ServiceResource(addressing);
    this.environment = new Environment(addressing, url);
  }

  @GetMapping("/api/app/v1/service")
  Map<String, Object> list(Caller caller, @RequestParam MultiValueMap<String, String> parameters) {
    projections.requireBuilt();
    var path = "/api/app/v1/%s/service/".formatted(caller.namespace());
    var query = ListQuery.of(path, parameters, Services.FILTERS);
    var page = services.page(caller.namespace(), query);
    var shown = page.documents().stream().map(ServiceDocument::service).toList();
    var linking = linking(caller, shown);
    var gone = services.terminated(caller.namespace(), targets(shown));
    return query.envelope(
        page,
        shown.stream()
            .map(s -> resource.render(s, linksTo(s, linking), to -> !gone.contains(to)))
            .toList());
  }

  /** A past state has no links from others: they are told by the others' own past. */
  @GetMapping("/api/app/v1/service/{uuid}")
  ResponseEntity<Map<String, @Nullable Object>> detail(
      Caller caller,
      @PathVariable String uuid,
      @RequestParam MultiValueMap<String, String> parameters) {
    projections.requireBuilt();
    var now = services.require(caller.namespace(), uuid);
    var at = parameters.get("at");
    if (at == null) {
      return whole(now, linksTo(now, linking(caller, List.of(now))));
    }
    if (at.size() != 1) {
      throw new InvalidInput("at", "must be given once");
    }
    return whole(past.of(now, at.getFirst()), List.of());
  }

  private ResponseEntity<Map<String, @Nullable Object>> whole(
      Service service, List<Map<String, Object>> linkedFrom) {
    var gone = services.terminated(service.namespace(), targets(List.of(service)));
    var json = resource.render(service, linkedFrom, to -> !gone.contains(to));
    json.put(
        "calculated_envvars",
        environment.calculated(service).stream().map(EnvironmentJson::of).toList());
    json.put("link_variables", EnvironmentJson.texts(environment.linkVariables(service)));
    return ResponseEntity.ok().eTag("\"" + service.version() + "\"").body(json);
  }

  /** What the services link to. */
  private static Set<ServiceId> targets(List<Service> shown) {
    return shown.stream()
        .flatMap(s -> s.definitions().current().get(Attributes.LINKED_TO_SERVICE).stream())
        .map(ServiceLink::to)
        .collect(Collectors.toSet());
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
}
