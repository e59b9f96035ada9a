package dev.slipway.query.service;

import dev.slipway.model.Namespace;
import dev.slipway.model.api.ApiDate;
import dev.slipway.model.api.ResourceUri;
import dev.slipway.model.service.Service;
import dev.slipway.query.node.Nodes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The services of a namespace that need attention, each with its summary of {@code why/}. */
public final class TroubledServices {

  private final Services services;
  private final Nodes nodes;

  TroubledServices(Services services, Nodes nodes) {
    this.services = services;
    this.nodes = nodes;
  }

  /** The worst first; of equal ones the oldest. */
  public List<Map<String, @Nullable Object>> worst(Namespace namespace, int most) {
    var troubled = services.troubled(namespace, most);
    var engines =
        nodes.engineProblems(
            troubled.stream()
                .flatMap(service -> Slots.nodes(service).stream())
                .collect(Collectors.toSet()));
    return troubled.stream()
        .map(service -> json(service, WhySummary.of(service, Slots.of(service), engines)))
        .toList();
  }

  private static Map<String, @Nullable Object> json(Service service, String summary) {
    var stack = service.stack();
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("service", ResourceUri.of(service.namespace(), service.id()));
    json.put("name", service.name());
    json.put("stack", stack == null ? null : stack.name());
    json.put("state", service.lifecycle().text());
    json.put("summary", summary);
    json.put("since", ServiceTrouble.of(service).map(one -> ApiDate.of(one.since())).orElse(null));
    return json;
  }
}
