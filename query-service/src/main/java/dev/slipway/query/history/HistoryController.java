package dev.slipway.query.history;

import dev.slipway.http.Caller;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.api.ApiDate;
import dev.slipway.model.api.DefinitionChanges;
import dev.slipway.model.api.ResourceUri;
import dev.slipway.model.service.Service;
import dev.slipway.query.paging.ListQuery;
import dev.slipway.query.projection.Projections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class HistoryController {

  private final History history;
  private final Past past;
  private final PresentServices services;
  private final Projections projections;

  HistoryController(History history, Past past, PresentServices services, Projections projections) {
    this.history = history;
    this.past = past;
    this.services = services;
    this.projections = projections;
  }

  @GetMapping("/api/app/v1/service/{uuid}/history")
  Map<String, Object> list(
      Caller caller,
      @PathVariable String uuid,
      @RequestParam MultiValueMap<String, String> parameters) {
    projections.requireBuilt();
    var service = services.require(caller.namespace(), uuid);
    var path = ResourceUri.of(service.namespace(), service.id()) + "history/";
    var query = ListQuery.of(path, parameters, HistoryFilter.NAMES);
    var page = history.page(service.id().value(), query);
    return query.envelope(
        page, new HistoryPages(history).json(service.id().value(), page.documents()));
  }

  /** Compares two states of a service. */
  @GetMapping("/api/app/v1/service/{uuid}/diff")
  Map<String, @Nullable Object> diff(
      Caller caller,
      @PathVariable String uuid,
      @RequestParam MultiValueMap<String, String> parameters) {
    projections.requireBuilt();
    var now = services.require(caller.namespace(), uuid);
    var from = state(now, "from", parameters);
    var to = state(now, "to", parameters);
    if (from == null) {
      throw new InvalidInput("from", "must be given: a version or a moment");
    }
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("from", end(from));
    json.put("to", end(to == null ? now : to));
    json.put("changes", DefinitionChanges.between(from, to == null ? now : to).all());
    return json;
  }

  private @Nullable Service state(
      Service now, String name, MultiValueMap<String, String> parameters) {
    var values = parameters.get(name);
    if (values == null) {
      return null;
    }
    if (values.size() != 1) {
      throw new InvalidInput(name, "must be given once");
    }
    return past.of(now, name, values.getFirst());
  }

  private Map<String, @Nullable Object> end(Service service) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("version", service.version());
    json.put("datetime", ApiDate.of(history.at(service.id().value(), service.version())));
    return json;
  }
}
