package dev.slipway.query.service;

import dev.slipway.model.api.ApiDate;
import dev.slipway.model.api.ContainerResource;
import dev.slipway.model.api.ResourceUri;
import dev.slipway.model.container.Container;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ContainerOperation;
import dev.slipway.model.service.Operation;
import dev.slipway.model.service.Outcome;
import dev.slipway.model.service.QueuedOperation;
import dev.slipway.model.service.Service;
import dev.slipway.query.service.Slots.Slot;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a service is as it is: slot by slot what there is or what stands in the way, and the work
 * that goes on, waits or ended last.
 *
 * @param nodeNames what people call the nodes
 * @param engineProblems a sentence for each node whose Engine cannot be used
 * @param agentProblems why agents act on no assignments, of nodes whose agents do not
 */
record WhyResource(
    Map<NodeId, String> nodeNames,
    Map<NodeId, String> engineProblems,
    Map<NodeId, String> agentProblems) {

  Map<String, @Nullable Object> render(Service service) {
    var slots = Slots.of(service);
    var activity = service.activity();
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("service", ResourceUri.of(service.namespace(), service.id()));
    json.put("name", service.name());
    json.put("state", service.lifecycle().text());
    json.put("version", service.version());
    json.put("summary", WhySummary.of(service, slots, engineProblems));
    json.put("operation", operation(activity.operation()));
    json.put("waiting_operations", activity.queue().stream().map(WhyResource::waiting).toList());
    json.put(
        "container_operations",
        activity.ofContainers().stream().map(one -> ofContainer(service, one)).toList());
    json.put("last_operation", outcome(activity.last()));
    json.put("slots", slots.stream().map(slot -> slot(service, slot)).toList());
    json.put("node_problems", byNode(service, agentProblems));
    return json;
  }

  private static @Nullable Map<String, @Nullable Object> operation(@Nullable Operation operation) {
    if (operation == null) {
      return null;
    }
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("action", ResourceUri.of(operation.id()));
    json.put("kind", WhySummary.noun(operation.kind()));
    json.put("since", ApiDate.of(operation.begun()));
    json.put("deadline", ApiDate.of(operation.deadline()));
    return json;
  }

  private static Map<String, @Nullable Object> waiting(QueuedOperation queued) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("action", ResourceUri.of(queued.id()));
    json.put("kind", WhySummary.noun(queued.kind()));
    json.put("containers_to_add", queued.more());
    return json;
  }

  private static Map<String, @Nullable Object> ofContainer(
      Service service, ContainerOperation operation) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("action", ResourceUri.of(operation.id()));
    json.put("kind", WhySummary.noun(operation.kind()));
    json.put("container", ResourceUri.of(service.namespace(), operation.container()));
    json.put("deadline", ApiDate.of(operation.deadline()));
    json.put("reason", operation.problem());
    return json;
  }

  private static @Nullable Map<String, @Nullable Object> outcome(@Nullable Outcome last) {
    var json = operation(last == null ? null : last.operation());
    if (last == null || json == null) {
      return null;
    }
    json.put("ended", ApiDate.of(last.ended()));
    json.put("success", last.success());
    json.put("reason", last.reason());
    return json;
  }

  private Map<String, @Nullable Object> slot(Service service, Slot slot) {
    var container = slot.container();
    var problem = slot.problem();
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("slot", slot.number());
    json.put("name", service.name() + "-" + slot.number());
    json.put(
        "container",
        container == null ? null : ResourceUri.of(service.namespace(), container.id()));
    json.put(
        "node", container == null ? null : ResourceUri.of(service.namespace(), container.node()));
    json.put("node_name", container == null ? null : nodeNames.get(container.node()));
    json.put("state", container == null ? "None" : container.phase().text());
    json.put("since", ApiDate.of(since(slot, service.operation())));
    json.put("reason", WhySummary.reason(slot, engineProblems));
    json.put(
        "image_msg",
        container == null ? null : ContainerResource.imageMessage(container.runtime().image()));
    json.put("waits_for", waitsFor(slot));
    json.put("refusals", problem == null ? List.of() : byNode(service, problem.refusals()));
    return json;
  }

  private List<Map<String, @Nullable Object>> byNode(Service service, Map<NodeId, String> reasons) {
    return reasons.entrySet().stream()
        .sorted(Comparator.comparing(one -> one.getKey().value()))
        .map(one -> refusal(service, one.getKey(), one.getValue()))
        .toList();
  }

  private Map<String, @Nullable Object> refusal(Service service, NodeId node, String reason) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("node", ResourceUri.of(service.namespace(), node));
    json.put("node_name", nodeNames.get(node));
    json.put("reason", reason);
    return json;
  }

  private static @Nullable Instant since(Slot slot, @Nullable Operation operation) {
    var container = slot.container();
    if (container == null) {
      return slot.problem() == null ? null : slot.problem().since();
    }
    var dates = container.runtime().dates();
    return switch (container.phase()) {
      case STARTING -> restarted(container, operation);
      case RUNNING -> dates.started();
      case STOPPED -> dates.stopped();
      case STOPPING, TERMINATING -> operation == null ? null : operation.begun();
      case TERMINATED -> dates.destroyed();
    };
  }

  /** A container that was there before the operation has been starting since that began. */
  private static Instant restarted(Container container, @Nullable Operation operation) {
    return operation != null && operation.before().contains(container.id())
        ? operation.begun()
        : container.runtime().dates().deployed();
  }

  private @Nullable String waitsFor(Slot slot) {
    var container = slot.container();
    if (container == null) {
      return slot.problem() != null && slot.problem().waiting() ? "a node that can take it" : null;
    }
    var node = nodeNames.getOrDefault(container.node(), container.node().value());
    return switch (container.phase()) {
      case STARTING -> "node %s to start it".formatted(node);
      case STOPPING -> "node %s to stop it".formatted(node);
      case TERMINATING -> "node %s to remove it".formatted(node);
      case RUNNING -> container.isOnTrial() ? "it to have run for long enough" : null;
      case STOPPED, TERMINATED -> null;
    };
  }
}
