package dev.slipway.command.api;

import dev.slipway.command.ledger.LedgerNode;
import dev.slipway.command.ledger.LedgerReader;
import dev.slipway.command.messaging.Commands;
import dev.slipway.command.service.CommandRejected;
import dev.slipway.command.service.DryRuns.DryRun;
import dev.slipway.command.service.DryRuns.Foreseen;
import dev.slipway.command.service.HostRules;
import dev.slipway.http.ApiFailure;
import dev.slipway.model.Namespace;
import dev.slipway.model.api.DefinitionChanges;
import dev.slipway.model.api.ResourceUri;
import dev.slipway.model.api.VisibleEvent;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceCommand;
import dev.slipway.model.service.ServiceCommand.Asked;
import dev.slipway.model.service.ServiceCommand.UserCommand;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.AttributesSet;
import dev.slipway.model.service.ServiceEvent.ContainerGone;
import dev.slipway.model.service.ServiceEvent.ContainerObserved;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.ContainerRequest;
import dev.slipway.model.service.ServiceEvent.FleetResized;
import dev.slipway.model.service.ServiceEvent.OperationEvent;
import dev.slipway.model.service.ServiceEvent.PlacementRefused;
import dev.slipway.model.service.ServiceEvent.ServiceTerminated;
import dev.slipway.model.service.ServiceEvent.TriggerCreated;
import dev.slipway.model.service.ServiceEvent.TriggerDeleted;
import dev.slipway.model.wire.Wire;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** Tells what a command would lead to. Nothing is stored, and no action is left. */
final class Foresight {

  private final Commands commands;
  private final LedgerReader ledger;
  private final HostRules rules;
  private final Function<Service, Map<String, @Nullable Object>> rendered;

  Foresight(
      Commands commands,
      LedgerReader ledger,
      HostRules rules,
      Function<Service, Map<String, @Nullable Object>> rendered) {
    this.commands = commands;
    this.ledger = ledger;
    this.rules = rules;
    this.rendered = rendered;
  }

  /**
   * @throws ApiFailure as the command would be refused
   */
  ResponseEntity<?> foresee(Asked asked, Supplier<ServiceCommand> command) {
    try {
      var wish = command.get();
      var foreseen =
          (Foreseen)
              Objects.requireNonNull(
                  commands.send(new DryRun((UserCommand) wish), wish.serviceId(), asked));
      var before = foreseen.before();
      var answer = ResponseEntity.ok();
      if (before != null) {
        answer.eTag(Long.toString(before.version()));
      }
      return answer.body(json(foreseen, warnings(foreseen, asked, wish)));
    } catch (AggregateNotFoundException missing) {
      throw ApiFailure.notFound(asked.request().object());
    } catch (CommandRejected rejected) {
      var message = Objects.requireNonNullElse(rejected.getMessage(), "refused");
      throw switch (rejected.reason()) {
        case NOT_FOUND -> ApiFailure.notFound(asked.request().object());
        case MOVED -> new ApiFailure(HttpStatus.PRECONDITION_FAILED, message);
        case INVALID_STATE -> new ApiFailure(HttpStatus.CONFLICT, message);
        case INVALID_CHANGE -> new ApiFailure(HttpStatus.BAD_REQUEST, message);
      };
    }
  }

  private List<String> warnings(Foreseen foreseen, Asked asked, ServiceCommand command) {
    var warnings = new ArrayList<>(asked.request().warnings());
    warnings.addAll(rules.warnings(command));
    if (!foreseen.plan().isWhole()) {
      warnings.add("the plan has too many steps to be shown to its end");
    }
    return warnings;
  }

  private Map<String, @Nullable Object> json(Foreseen foreseen, List<String> warnings) {
    Map<NodeId, String> names =
        ledger.nodes().stream()
            .collect(Collectors.toMap(LedgerNode::id, node -> node.facts().name()));
    var before = foreseen.before();
    var changes = changes(foreseen);
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("version", before == null ? null : before.version());
    json.put(
        "plan", new PlanJson(names).entries(foreseen.plan(), foreseen.service(), before == null));
    json.put("changes", changes);
    json.put("warnings", warnings);
    json.put("summary", PlanJson.summary(foreseen.plan(), changes.size()));
    json.put("events", foreseen.events().stream().map(Foresight::shown).toList());
    json.put("placements", placements(foreseen, names));
    json.put("service", rendered.apply(foreseen.service()));
    return json;
  }

  private static List<Map<String, @Nullable Object>> changes(Foreseen foreseen) {
    var before = foreseen.before();
    var changes = new DefinitionChanges();
    for (var event : foreseen.events()) {
      if (event instanceof AttributesSet set) {
        changes.add(before == null ? null : before.definitions().current(), set);
      }
    }
    return changes.all();
  }

  private static Map<String, Object> shown(ServiceEvent event) {
    var json = new LinkedHashMap<String, Object>();
    json.put("type", event.getClass().getSimpleName());
    json.put("event", Wire.MAPPER.valueToTree(VisibleEvent.of(event)));
    return json;
  }

  private static List<Map<String, @Nullable Object>> placements(
      Foreseen foreseen, Map<NodeId, String> names) {
    var namespace = foreseen.service().namespace();
    var placements = new ArrayList<Map<String, @Nullable Object>>();
    for (var event : foreseen.events()) {
      switch (event) {
        case ContainerPlaced placed -> {
          var json = node(namespace, placed.node(), names);
          json.put("slot", placed.slot());
          placements.add(json);
        }
        case PlacementRefused refused -> placements.add(refused(namespace, refused, names));
        case AttributesSet _, OperationEvent _, TriggerCreated _, TriggerDeleted _ -> {}
        case ContainerRequest _, ContainerObserved _, ContainerGone _ -> {}
        case FleetResized _, ServiceTerminated _ -> {}
      }
    }
    return placements;
  }

  private static Map<String, @Nullable Object> refused(
      Namespace namespace, PlacementRefused refused, Map<NodeId, String> names) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("slot", refused.slot());
    json.put("reason", refused.reason());
    json.put("waiting", refused.waiting());
    json.put("refusals", new PlanJson(names).refusals(namespace, refused));
    return json;
  }

  private static Map<String, @Nullable Object> node(
      Namespace namespace, NodeId node, Map<NodeId, String> names) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("node", ResourceUri.of(namespace, node));
    json.put("node_name", names.get(node));
    return json;
  }
}
