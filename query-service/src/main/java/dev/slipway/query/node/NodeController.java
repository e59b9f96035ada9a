package dev.slipway.query.node;

import dev.slipway.http.ApiFailure;
import dev.slipway.http.Caller;
import dev.slipway.model.api.Addressing;
import dev.slipway.model.api.NodeResource;
import dev.slipway.model.node.Node;
import dev.slipway.query.container.Containers;
import dev.slipway.query.paging.ListQuery;
import dev.slipway.query.projection.Projections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class NodeController {

  private final Nodes nodes;
  private final Containers containers;
  private final Projections projections;
  private final NodeResource resource;

  NodeController(
      Nodes nodes,
      Containers containers,
      Projections projections,
      @Value("${slipway.domain:localhost}") String domain) {
    this.nodes = nodes;
    this.containers = containers;
    this.projections = projections;
    this.resource = new NodeResource(new Addressing(domain));
  }

  @GetMapping("/api/infra/v1/node")
  Map<String, Object> list(Caller caller, @RequestParam MultiValueMap<String, String> parameters) {
    projections.requireBuilt();
    var path = "/api/infra/v1/%s/node/".formatted(caller.namespace());
    var query = ListQuery.of(path, parameters, Nodes.FILTERS);
    var page = nodes.page(caller.namespace(), query);
    return query.envelope(page, json(page.documents().stream().map(NodeDocument::view).toList()));
  }

  @GetMapping("/api/infra/v1/node/{uuid}")
  ResponseEntity<Map<String, @Nullable Object>> detail(Caller caller, @PathVariable String uuid) {
    var node = find(caller, uuid);
    return ResponseEntity.ok()
        .eTag("\"" + node.version() + "\"")
        .body(json(List.of(node)).getFirst());
  }

  private Node find(Caller caller, String uuid) {
    projections.requireBuilt();
    return nodes
        .find(caller.namespace(), ListQuery.pathUuid("node", uuid))
        .orElseThrow(() -> ApiFailure.notFound("node " + uuid));
  }

  /** Containers on the node that no record accounts for: kept until somebody decides. */
  @GetMapping("/api/infra/v1/node/{uuid}/unowned")
  Map<String, Object> unowned(
      Caller caller,
      @PathVariable String uuid,
      @RequestParam MultiValueMap<String, String> parameters) {
    var unowned = json(List.of(find(caller, uuid))).getFirst().get("unowned_containers");
    var path = "/api/infra/v1/%s/node/%s/unowned/".formatted(caller.namespace(), uuid);
    return ListQuery.of(path, parameters, Set.of())
        .envelope((List<?>) Objects.requireNonNull(unowned));
  }

  private List<Map<String, @Nullable Object>> json(List<Node> views) {
    var heartbeats = nodes.heartbeats(views.stream().map(node -> node.id().value()).toList());
    return views.stream()
        .map(
            node ->
                resource.render(
                    node, heartbeats.get(node.id().value()), containers.countOn(node.id().value())))
        .toList();
  }
}
