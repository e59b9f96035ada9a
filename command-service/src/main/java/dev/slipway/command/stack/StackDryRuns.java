package dev.slipway.command.stack;

import dev.slipway.command.api.PlanJson;
import dev.slipway.command.ledger.LedgerNode;
import dev.slipway.command.ledger.LedgerReader;
import dev.slipway.command.scheduling.Cluster;
import dev.slipway.command.service.CommandRejected;
import dev.slipway.command.service.DryRunSeries;
import dev.slipway.command.service.DryRuns.Foreseen;
import dev.slipway.command.service.LoggedServices;
import dev.slipway.command.stack.StackCommand.UpdateStack;
import dev.slipway.command.stack.StackDecider.Inventory;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.Namespace;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceCommand.Asked;
import dev.slipway.model.service.ServiceCommand.UserCommand;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.stack.DefinedService;
import dev.slipway.model.stack.Stack;
import dev.slipway.model.stack.StackEvent;
import dev.slipway.model.stack.StackId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** Answers what would follow from a change of a stack. Nothing is stored, no action is left. */
final class StackDryRuns {

  private final EventStore log;
  private final StackLedger ledger;
  private final Cluster.Source cluster;
  private final LedgerReader reader;
  private final InstantSource clock;

  StackDryRuns(
      EventStore log,
      StackLedger ledger,
      Cluster.Source cluster,
      LedgerReader reader,
      InstantSource clock) {
    this.log = log;
    this.ledger = ledger;
    this.cluster = cluster;
    this.reader = reader;
    this.clock = clock;
  }

  /** Nodes as they are known, and services as the log has them. */
  private record Stored(Cluster.Source nodes, EventStore log) implements Cluster.Source {

    @Override
    public Cluster of(Namespace namespace) {
      return nodes.of(namespace);
    }

    @Override
    public Optional<Service> service(ServiceId id) {
      return new LoggedServices(log).find(id);
    }
  }

  /** The planned change of one service; {@code foreseen} is null if it stays or refuses. */
  record Part(
      @Nullable UserCommand command,
      @Nullable Service before,
      @Nullable Foreseen foreseen,
      @Nullable String refusal) {}

  /**
   * @param dangers what the services ask of hosts and the policy warns of
   * @throws StackRejected as the command would be rejected
   */
  ResponseEntity<?> answer(Asked asked, StackCommand command, List<String> dangers) {
    var before = stack(command.stackId());
    var inventory =
        before == null ? new Inventory(List.of(), true) : ledger.inventory(command.stackId(), log);
    var decision = StackDecider.decide(command, before, inventory);
    var parts = parts(decision, inventory);
    var warnings = new ArrayList<>(asked.request().warnings());
    warnings.addAll(dangers);
    parts.stream().map(Part::refusal).filter(Objects::nonNull).forEach(warnings::add);
    Map<NodeId, String> names =
        reader.nodes().stream()
            .collect(Collectors.toMap(LedgerNode::id, one -> one.facts().name()));
    var json =
        new StackDryRunJson(new PlanJson(names), kept(command, inventory))
            .of(before, after(before, decision), decision, parts, inventory.services());
    json.put("warnings", warnings);
    var answer = ResponseEntity.ok();
    if (before != null) {
      answer.eTag(Long.toString(before.version()));
    }
    return answer.body(json);
  }

  private List<Part> parts(StackDecision decision, Inventory inventory) {
    var series = new DryRunSeries(new Stored(cluster, log), clock.instant());
    Map<ServiceId, Service> there =
        inventory.services().stream().collect(Collectors.toMap(Service::id, one -> one));
    var parts = new ArrayList<Part>();
    for (var command : decision.commands()) {
      var before = there.get(command.serviceId());
      try {
        parts.add(new Part(command, before, series.decide(command, before), null));
      } catch (CommandRejected | InvalidInput refused) {
        var name = before == null ? command.serviceId().value() : before.name();
        parts.add(new Part(command, before, null, name + ": " + refused.getMessage()));
      }
    }
    return parts;
  }

  /** Services that a file does not name and that stay. */
  private static Set<ServiceId> kept(StackCommand command, Inventory inventory) {
    if (!(command instanceof UpdateStack update)) {
      return Set.of();
    }
    var named = update.services().stream().map(DefinedService::service).collect(Collectors.toSet());
    return inventory.services().stream()
        .map(Service::id)
        .filter(id -> !update.prune() && !named.contains(id))
        .collect(Collectors.toSet());
  }

  private @Nullable Stack stack(StackId id) {
    @Nullable Stack stack = null;
    var stored = log.readEvents(id.value(), 0);
    while (stored.hasNext()) {
      var message = stored.next();
      if (message.getPayload() instanceof StackEvent event) {
        stack = Stack.evolve(stack, event, message.getTimestamp());
      }
    }
    return stack;
  }

  private Stack after(@Nullable Stack before, StackDecision decision) {
    Instant now = clock.instant();
    var stack = before;
    for (var event : decision.events()) {
      stack = Stack.evolve(stack, event, now);
    }
    return Objects.requireNonNull(stack);
  }
}
