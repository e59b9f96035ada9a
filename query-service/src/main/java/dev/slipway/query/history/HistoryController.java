package dev.slipway.query.history;

import static java.util.Objects.requireNonNull;

import dev.slipway.http.Caller;
import dev.slipway.model.api.ResourceUri;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import dev.slipway.model.service.ServiceEvent.ServiceUpdated;
import dev.slipway.model.service.ServiceId;
import dev.slipway.query.paging.ListQuery;
import dev.slipway.query.projection.Projections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class HistoryController {

  private static final List<String> DEFINING = List.of("ServiceCreated", "ServiceUpdated");

  private final History history;
  private final PresentServices services;
  private final Projections projections;

  HistoryController(History history, PresentServices services, Projections projections) {
    this.history = history;
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
    var query = ListQuery.of(path, parameters, Set.of());
    var page = history.page(service.id().value(), query);
    return query.envelope(page, json(service.id(), page.documents()));
  }

  private List<Map<String, @Nullable Object>> json(ServiceId id, List<Document> events) {
    if (events.isEmpty()) {
      return List.of();
    }
    long first = events.getFirst().getLong(HistoryDocument.SEQUENCE);
    var resource = new HistoryResource(definitionBefore(id, first), stateBefore(id, first));
    return events.stream().map(resource::next).toList();
  }

  private @Nullable String stateBefore(ServiceId id, long sequence) {
    var before = history.before(id.value(), sequence);
    if (before != null) {
      return before.getString(HistoryDocument.STATE);
    }
    var base = history.base(id.value());
    return base == null ? null : base.state().lifecycle().text();
  }

  private @Nullable ServiceDefinition definitionBefore(ServiceId id, long sequence) {
    var base = history.base(id.value());
    var definition = base == null ? null : base.state().definitions().current();
    for (var document : history.before(id.value(), sequence, DEFINING)) {
      definition =
          switch (HistoryDocument.event(document)) {
            case ServiceCreated created -> created.definition();
            case ServiceUpdated updated -> requireNonNull(definition).with(updated.changes());
            default -> definition;
          };
    }
    return definition;
  }
}
