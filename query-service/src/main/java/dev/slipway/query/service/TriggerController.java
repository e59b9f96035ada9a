package dev.slipway.query.service;

import dev.slipway.http.ApiFailure;
import dev.slipway.http.Caller;
import dev.slipway.model.account.Role;
import dev.slipway.model.api.ResourceUri;
import dev.slipway.model.api.TriggerResource;
import dev.slipway.model.service.Trigger;
import dev.slipway.query.paging.ListQuery;
import dev.slipway.query.projection.Projections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class TriggerController {

  private static final Set<String> FILTERS = Set.of("uuid", "uuid__startswith", "name");

  private final Services services;
  private final Projections projections;

  TriggerController(Services services, Projections projections) {
    this.services = services;
    this.projections = projections;
  }

  /** Who knows a trigger's uuid can call it: readers see what there is, and no uuid. */
  @GetMapping("/api/app/v1/service/{uuid}/trigger")
  Map<String, Object> list(
      Caller caller,
      @PathVariable String uuid,
      @RequestParam MultiValueMap<String, String> parameters) {
    projections.requireBuilt();
    var service = services.require(caller.namespace(), uuid);
    var path = ResourceUri.of(service.namespace(), service.id()) + "trigger/";
    boolean secrets = caller.role().includes(Role.OPERATOR);
    var query = ListQuery.of(path, parameters, secrets ? FILTERS : Set.of("name"));
    return query.envelope(
        service.triggers().stream()
            .filter(trigger -> isWanted(trigger, query))
            .map(
                trigger ->
                    secrets
                        ? TriggerResource.render(service, trigger)
                        : Map.<String, Object>of(
                            "name", trigger.name(), "operation", trigger.effect().name()))
            .toList());
  }

  private static boolean isWanted(Trigger trigger, ListQuery query) {
    var id = trigger.id().value();
    return query.filters().entrySet().stream()
        .allMatch(
            filter ->
                switch (filter.getKey()) {
                  case "uuid" -> id.equals(ListQuery.uuid("uuid", filter.getValue()));
                  case "name" -> trigger.name().equals(filter.getValue());
                  default -> id.startsWith(filter.getValue().toLowerCase(Locale.ROOT));
                });
  }

  @GetMapping("/api/app/v1/service/{uuid}/trigger/{trigger_uuid}")
  Map<String, Object> detail(
      Caller caller, @PathVariable String uuid, @PathVariable("trigger_uuid") String id) {
    projections.requireBuilt();
    var service = services.require(caller.namespace(), uuid);
    return service.triggers().stream()
        .filter(trigger -> trigger.id().value().equals(id.toLowerCase(Locale.ROOT)))
        .findFirst()
        .map(trigger -> TriggerResource.render(service, trigger))
        .orElseThrow(() -> ApiFailure.notFound("trigger " + id));
  }
}
