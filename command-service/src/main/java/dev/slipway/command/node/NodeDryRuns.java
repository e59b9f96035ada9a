package dev.slipway.command.node;

import dev.slipway.command.api.PlanJson;
import dev.slipway.command.ledger.ClusterView;
import dev.slipway.command.ledger.LedgerNode;
import dev.slipway.command.ledger.LedgerReader;
import dev.slipway.command.ledger.NodeLedger;
import dev.slipway.command.node.NodeCommand.CheckNode;
import dev.slipway.command.node.NodeCommand.DrainNode;
import dev.slipway.command.node.NodeCommand.RemoveUnowned;
import dev.slipway.command.node.NodeCommand.TerminateNode;
import dev.slipway.command.node.NodeCommand.UndrainNode;
import dev.slipway.command.node.NodeCommand.UpdateNode;
import dev.slipway.command.node.NodeCommand.UpgradeEngine;
import dev.slipway.command.node.NodeCommand.UserNodeCommand;
import dev.slipway.command.service.LoggedServices;
import dev.slipway.command.service.NodePlans;
import dev.slipway.command.service.NodePlans.Change;
import dev.slipway.command.service.NodePlans.OfService;
import dev.slipway.command.service.Plan;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.node.Node;
import dev.slipway.model.node.NodeEvent;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.Wire;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** Answers what would follow from a change of a node. Nothing is stored, no action is left. */
final class NodeDryRuns {

  /** Each is folded from its whole log. */
  private static final int MOST_SERVICES = 100;

  private final EventStore log;
  private final ClusterView cluster;
  private final NodeLedger ledger;
  private final LedgerReader reader;
  private final InstantSource clock;

  NodeDryRuns(
      EventStore log,
      ClusterView cluster,
      NodeLedger ledger,
      LedgerReader reader,
      InstantSource clock) {
    this.log = log;
    this.cluster = cluster;
    this.ledger = ledger;
    this.reader = reader;
    this.clock = clock;
  }

  /**
   * @param rendered shows a node
   * @throws NodeRejected as the command would be rejected
   * @throws InvalidInput if nothing is known to follow from such a command
   */
  ResponseEntity<?> answer(UserNodeCommand command, Function<Node, Map<String, ?>> rendered) {
    var change =
        switch (command) {
          case DrainNode _ -> Change.DRAINED;
          case UndrainNode _ -> Change.USED_AGAIN;
          case TerminateNode _ -> Change.GIVEN_UP;
          case UpdateNode _, RemoveUnowned _, CheckNode _, UpgradeEngine _ ->
              throw new InvalidInput("dry_run", "is for drain, undrain and DELETE of a node only");
        };
    var before = node(command.nodeId());
    var events = NodeDecider.decide(command, before);
    var node = Objects.requireNonNull(before); // or else it was rejected
    var services = services(change, node);
    var plans = new NodePlans(node.id(), change, node.namespace(), cluster, clock.instant());
    var shown =
        services.stream()
            .limit(MOST_SERVICES)
            .map(plans::of)
            .filter(one -> !one.plan().entries().isEmpty() || one.obstacle() != null)
            .toList();
    var json = json(node, shown, services.size() > MOST_SERVICES);
    json.put("events", events.stream().map(NodeDryRuns::shown).toList());
    json.put("placements", List.of());
    json.put("node", rendered.apply(after(node, events)));
    return ResponseEntity.ok().eTag(Long.toString(node.version())).body(json);
  }

  private List<Service> services(Change change, Node node) {
    var ids =
        switch (change) {
          case DRAINED, GIVEN_UP -> ledger.servicesOn(node.id());
          case USED_AGAIN -> ledger.followers();
        };
    var logged = new LoggedServices(log);
    return ids.stream()
        .limit(MOST_SERVICES + 1L)
        .map((ServiceId id) -> logged.find(id))
        .flatMap(found -> found.stream())
        .filter(service -> service.namespace().equals(node.namespace()))
        .toList();
  }

  private Map<String, @Nullable Object> json(Node node, List<OfService> shown, boolean isCut) {
    Map<NodeId, String> names =
        reader.nodes().stream()
            .collect(Collectors.toMap(LedgerNode::id, one -> one.facts().name()));
    var rendering = new PlanJson(names);
    var entries = new ArrayList<Map<String, @Nullable Object>>();
    shown.forEach(one -> entries.addAll(rendering.entries(one.plan(), one.service(), false)));
    entries.sort(
        Comparator.comparingInt(entry -> (Integer) Objects.requireNonNull(entry.get("step"))));
    var warnings = new ArrayList<String>();
    shown.stream().map(OfService::obstacle).filter(Objects::nonNull).forEach(warnings::add);
    if (isCut || shown.stream().anyMatch(one -> !one.plan().isWhole())) {
      warnings.add("the plan has too many steps to be shown to its end");
    }
    var all = shown.stream().flatMap(one -> one.plan().entries().stream()).toList();
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("version", node.version());
    json.put("plan", entries);
    json.put("changes", List.of());
    json.put("warnings", warnings);
    json.put("summary", PlanJson.summary(new Plan(all, true), 0));
    return json;
  }

  private static Map<String, Object> shown(NodeEvent event) {
    var json = new LinkedHashMap<String, Object>();
    json.put("type", event.getClass().getSimpleName());
    json.put("event", Wire.MAPPER.valueToTree(event));
    return json;
  }

  private @Nullable Node node(NodeId id) {
    @Nullable Node node = null;
    var stored = log.readEvents(id.value(), 0);
    while (stored.hasNext()) {
      DomainEventMessage<?> message = stored.next();
      if (message.getPayload() instanceof NodeEvent event) {
        node = Node.evolve(node, event, message.getSequenceNumber(), message.getTimestamp());
      }
    }
    return node;
  }

  private Node after(Node before, List<NodeEvent> events) {
    Instant now = clock.instant();
    var node = before;
    for (var event : events) {
      node = Objects.requireNonNull(Node.evolve(node, event, node.version() + 1, now));
    }
    return node;
  }
}
