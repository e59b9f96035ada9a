package dev.slipway.command.api;

import dev.slipway.command.ledger.LedgerNode;
import dev.slipway.command.ledger.LedgerReader;
import dev.slipway.command.messaging.Commands;
import dev.slipway.command.service.CommandRejected;
import dev.slipway.command.service.DryRuns.DryRun;
import dev.slipway.command.service.DryRuns.Foreseen;
import dev.slipway.http.ApiFailure;
import dev.slipway.model.Namespace;
import dev.slipway.model.api.ResourceUri;
import dev.slipway.model.api.VisibleEvent;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceCommand;
import dev.slipway.model.service.ServiceCommand.Asked;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.PlacementRefused;
import dev.slipway.model.wire.Wire;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
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
  private final Function<Service, Map<String, @Nullable Object>> rendered;

  Foresight(
      Commands commands,
      LedgerReader ledger,
      Function<Service, Map<String, @Nullable Object>> rendered) {
    this.commands = commands;
    this.ledger = ledger;
    this.rendered = rendered;
  }

  /**
   * @throws ApiFailure as the command would be refused
   */
  ResponseEntity<?> foresee(Asked asked, Supplier<ServiceCommand> command) {
    try {
      var wish = command.get();
      var foreseen = commands.send(new DryRun(wish), wish.serviceId(), asked);
      return ResponseEntity.ok(json((Foreseen) Objects.requireNonNull(foreseen)));
    } catch (AggregateNotFoundException missing) {
      throw ApiFailure.notFound(asked.request().object());
    } catch (CommandRejected rejected) {
      var message = Objects.requireNonNullElse(rejected.getMessage(), "refused");
      throw switch (rejected.reason()) {
        case NOT_FOUND -> ApiFailure.notFound(asked.request().object());
        case INVALID_STATE -> new ApiFailure(HttpStatus.CONFLICT, message);
        case INVALID_CHANGE -> new ApiFailure(HttpStatus.BAD_REQUEST, message);
      };
    }
  }

  private Map<String, @Nullable Object> json(Foreseen foreseen) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("events", foreseen.events().stream().map(Foresight::shown).toList());
    json.put("placements", placements(foreseen));
    json.put("service", rendered.apply(foreseen.service()));
    return json;
  }

  private static Map<String, Object> shown(ServiceEvent event) {
    var json = new LinkedHashMap<String, Object>();
    json.put("type", event.getClass().getSimpleName());
    json.put("event", Wire.MAPPER.valueToTree(VisibleEvent.of(event)));
    return json;
  }

  private List<Map<String, @Nullable Object>> placements(Foreseen foreseen) {
    var namespace = foreseen.service().namespace();
    Map<NodeId, String> names =
        ledger.nodes().stream()
            .collect(Collectors.toMap(LedgerNode::id, node -> node.facts().name()));
    var placements = new ArrayList<Map<String, @Nullable Object>>();
    for (var event : foreseen.events()) {
      switch (event) {
        case ContainerPlaced placed -> {
          var json = node(namespace, placed.node(), names);
          json.put("slot", placed.slot());
          placements.add(json);
        }
        case PlacementRefused refused -> placements.add(refused(namespace, refused, names));
        default -> {}
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
    var refusals = new ArrayList<Map<String, @Nullable Object>>();
    new TreeMap<>(refused.refusals())
        .forEach(
            (node, why) -> {
              var one = node(namespace, node, names);
              one.put("reason", why);
              refusals.add(one);
            });
    json.put("refusals", refusals);
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
