package dev.slipway.query.server;

import dev.slipway.http.Caller;
import dev.slipway.http.ServerVersion;
import dev.slipway.model.Namespace;
import dev.slipway.query.action.Actions;
import dev.slipway.query.container.Containers;
import dev.slipway.query.events.EventFeed;
import dev.slipway.query.node.NodeTroubles;
import dev.slipway.query.projection.Projections;
import dev.slipway.query.service.Services;
import dev.slipway.query.service.TroubledServices;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A namespace at a glance: counts by state and what needs attention. */
@RestController
final class SummaryController {

  private static final Duration DAY = Duration.ofHours(24);
  private static final int MOST_PROBLEMS = 20;

  private final Services services;
  private final TroubledServices troubled;
  private final Containers containers;
  private final NodeTroubles nodes;
  private final Actions actions;
  private final Views views;

  /** How far the views are. */
  private record Views(Projections projections, EventFeed feed) {

    Map<String, Object> json() {
      var json = new LinkedHashMap<String, Object>();
      json.put("behind", projections.recordsBehind());
      json.put("building", !projections.areBuilt());
      return json;
    }
  }

  SummaryController(
      Services services,
      TroubledServices troubled,
      Containers containers,
      NodeTroubles nodes,
      Actions actions,
      Projections projections,
      EventFeed feed) {
    this.services = services;
    this.troubled = troubled;
    this.containers = containers;
    this.nodes = nodes;
    this.actions = actions;
    this.views = new Views(projections, feed);
  }

  /** Answers while views are being built too, and reports it. */
  @GetMapping("/api/audit/v1/summary")
  Map<String, @Nullable Object> summary(Caller caller) {
    var namespace = caller.namespace();
    var json = new LinkedHashMap<String, @Nullable Object>();
    putCounts(json, namespace);
    json.put("problems", troubled.worst(namespace, MOST_PROBLEMS));
    json.put("nodes_in_trouble", nodes.inTrouble(namespace, MOST_PROBLEMS));
    json.put("views", views.json());
    json.put("parked", views.projections().parked());
    json.put("position", views.feed().position());
    json.put("version", ServerVersion.CURRENT.version());
    return json;
  }

  private void putCounts(Map<String, @Nullable Object> json, Namespace namespace) {
    json.put("services", services.countByState(namespace));
    json.put("containers", containers.countByState(namespace));
    json.put("nodes", nodes.countByState(namespace));
    json.put("actions_failed_24h", actions.countFailed(namespace, Instant.now().minus(DAY)));
  }
}
