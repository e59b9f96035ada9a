package dev.slipway.command.api;

import dev.slipway.command.service.Plan;
import dev.slipway.command.service.Plan.Action;
import dev.slipway.command.service.Plan.Entry;
import dev.slipway.model.Namespace;
import dev.slipway.model.api.ResourceUri;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceEvent.PlacementRefused;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A plan as answers show it.
 *
 * @param names what people call the nodes
 */
public record PlanJson(Map<NodeId, String> names) {

  /**
   * @param isNew whether there is no such service yet, so that it has no address
   */
  public List<Map<String, @Nullable Object>> entries(Plan plan, Service service, boolean isNew) {
    return plan.entries().stream().map(entry -> entry(entry, service, isNew)).toList();
  }

  private Map<String, @Nullable Object> entry(Entry entry, Service service, boolean isNew) {
    var namespace = service.namespace();
    var container = entry.container();
    var node = entry.node();
    var order = entry.order();
    var refused = entry.refused();
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("step", entry.step());
    json.put("action", entry.action().text());
    json.put("service", isNew ? null : ResourceUri.of(namespace, service.id()));
    json.put("service_name", service.name());
    json.put("container", container == null ? null : ResourceUri.of(namespace, container));
    json.put("name", service.name() + "-" + entry.slot());
    json.put("slot", entry.slot());
    json.put("node", node == null ? null : ResourceUri.of(namespace, node));
    json.put("node_name", node == null ? null : names.get(node));
    json.put("order", order == null ? null : order.text());
    json.put("erases_volumes", entry.erasesVolumes());
    json.put("refused", refused == null ? null : refused(namespace, refused));
    return json;
  }

  private Map<String, @Nullable Object> refused(Namespace namespace, PlacementRefused refused) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("reason", refused.reason());
    json.put("waiting", refused.waiting());
    json.put("refusals", refusals(namespace, refused));
    return json;
  }

  /** Why each node cannot take the container. */
  List<Map<String, @Nullable Object>> refusals(Namespace namespace, PlacementRefused refused) {
    var refusals = new ArrayList<Map<String, @Nullable Object>>();
    new TreeMap<>(refused.refusals())
        .forEach(
            (node, why) -> {
              var json = new LinkedHashMap<String, @Nullable Object>();
              json.put("node", ResourceUri.of(namespace, node));
              json.put("node_name", names.get(node));
              json.put("reason", why);
              refusals.add(json);
            });
    return refusals;
  }

  /** In a few words, such as {@code add 1, replace 2 one at a time}. */
  public static String summary(Plan plan, int changes) {
    var parts = new ArrayList<String>();
    for (var action : Action.values()) {
      var entries = plan.entries().stream().filter(one -> one.action() == action).toList();
      if (!entries.isEmpty()) {
        parts.add(part(action, entries));
      }
    }
    if (!parts.isEmpty()) {
      return String.join(", ", parts);
    }
    return switch (changes) {
      case 0 -> "nothing to do";
      case 1 -> "set 1 attribute";
      default -> "set %d attributes".formatted(changes);
    };
  }

  private static String part(Action action, List<Entry> entries) {
    long refused = entries.stream().filter(entry -> entry.refused() != null).count();
    long atOnce =
        entries.stream()
            .collect(Collectors.groupingBy(Entry::step, Collectors.counting()))
            .values()
            .stream()
            .mapToLong(Function.<Long>identity()::apply)
            .max()
            .orElse(0);
    var pace =
        atOnce == entries.size()
            ? ""
            : " %s at a time".formatted(atOnce == 1 ? "one" : Long.toString(atOnce));
    return "%s %d%s%s"
        .formatted(
            action.text(),
            entries.size(),
            pace,
            refused == 0 ? "" : " (%d without a node)".formatted(refused));
  }
}
