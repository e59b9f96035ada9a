package dev.slipway.query.service;

import dev.slipway.http.Caller;
import dev.slipway.query.node.Nodes;
import dev.slipway.query.projection.Projections;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class WhyController {

  private final Services services;
  private final Nodes nodes;
  private final Projections projections;

  WhyController(Services services, Nodes nodes, Projections projections) {
    this.services = services;
    this.nodes = nodes;
    this.projections = projections;
  }

  @GetMapping("/api/app/v1/service/{uuid}/why")
  Map<String, @Nullable Object> why(Caller caller, @PathVariable String uuid) {
    projections.requireBuilt();
    var service = services.require(caller.namespace(), uuid);
    var involved = Slots.nodes(service);
    return new WhyResource(
            nodes.names(involved), nodes.engineProblems(involved), nodes.agentProblems(involved))
        .render(service);
  }
}
