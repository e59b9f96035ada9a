package dev.slipway.query.action;

import dev.slipway.http.ApiFailure;
import dev.slipway.http.Caller;
import dev.slipway.model.api.ActionResource;
import dev.slipway.query.paging.ListQuery;
import dev.slipway.query.projection.Projections;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class ActionController {

  private static final String PATH = "/api/audit/v1/action/";

  private final Actions actions;
  private final Projections projections;

  ActionController(Actions actions, Projections projections) {
    this.actions = actions;
    this.projections = projections;
  }

  @GetMapping("/api/audit/v1/action")
  Map<String, Object> list(Caller caller, @RequestParam MultiValueMap<String, String> parameters) {
    projections.requireBuilt();
    var query = ListQuery.of(PATH, parameters, Actions.FILTERS);
    var page = actions.page(caller.namespaces(), query);
    return query.envelope(
        page,
        page.documents().stream().map(ActionDocument::view).map(ActionResource::render).toList());
  }

  @GetMapping("/api/audit/v1/action/{uuid}")
  Map<String, @Nullable Object> detail(Caller caller, @PathVariable String uuid) {
    projections.requireBuilt();
    return actions
        .find(caller.namespaces(), ListQuery.pathUuid("action", uuid))
        .map(ActionResource::renderWhole)
        .orElseThrow(() -> ApiFailure.notFound("action " + uuid));
  }
}
