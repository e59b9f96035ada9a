package dev.slipway.query.stack;

import dev.slipway.http.ApiFailure;
import dev.slipway.http.Caller;
import dev.slipway.model.api.StackResource;
import dev.slipway.query.paging.ListQuery;
import dev.slipway.query.projection.Projections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class StackController {

  private final Stacks stacks;
  private final StackExport export;
  private final Projections projections;

  StackController(Stacks stacks, StackExport export, Projections projections) {
    this.stacks = stacks;
    this.export = export;
    this.projections = projections;
  }

  @GetMapping("/api/app/v1/stack")
  Map<String, Object> list(Caller caller, @RequestParam Map<String, String> parameters) {
    projections.requireBuilt();
    var path = "/api/app/v1/%s/stack/".formatted(caller.namespace());
    var query = ListQuery.of(path, parameters, Stacks.FILTERS);
    var page = stacks.page(caller.namespace(), query);
    return query.envelope(
        page.documents(),
        page.stacks().stream()
            .map(one -> StackResource.render(one.stack(), one.services()))
            .toList());
  }

  @GetMapping("/api/app/v1/stack/{uuid}")
  ResponseEntity<Map<String, @Nullable Object>> detail(Caller caller, @PathVariable String uuid) {
    var whole = find(caller, uuid);
    return ResponseEntity.ok()
        .eTag("\"" + whole.stack().version() + "\"")
        .body(StackResource.render(whole.stack(), whole.services()));
  }

  /** The services by name, as a stackfile has them. */
  @GetMapping("/api/app/v1/stack/{uuid}/export")
  Map<String, Object> export(Caller caller, @PathVariable String uuid) {
    var whole = find(caller, uuid);
    var file = new LinkedHashMap<String, Object>();
    var names = export.names(caller.namespace(), whole);
    whole.services().forEach(service -> file.put(service.name(), StackExport.of(service, names)));
    return file;
  }

  private Stacks.Whole find(Caller caller, String uuid) {
    projections.requireBuilt();
    return stacks
        .find(caller.namespace(), ListQuery.pathUuid("stack", uuid))
        .orElseThrow(() -> ApiFailure.notFound("stack " + uuid));
  }
}
