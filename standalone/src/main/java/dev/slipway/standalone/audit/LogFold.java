package dev.slipway.standalone.audit;

import dev.slipway.model.Namespace;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.NodeEvent;
import dev.slipway.model.node.NodeEvent.NodeDrainBegun;
import dev.slipway.model.node.NodeEvent.NodeDrainEnded;
import dev.slipway.model.node.NodeEvent.NodeDrainHeldUp;
import dev.slipway.model.node.NodeEvent.NodeReturned;
import dev.slipway.model.node.NodeEvent.NodeUndrained;
import dev.slipway.model.node.NodeEvent.NodeUnreachable;
import dev.slipway.model.node.NodeEvent.NodeUpdated;
import dev.slipway.model.node.NodeEvent.UnownedRemovalRequested;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.stack.StackEvent;
import dev.slipway.model.stack.StackId;
import dev.slipway.standalone.audit.StoredLog.Stored;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Folds the log: services, nodes and stacks after its last event. */
final class LogFold {

  private static final Set<String> FOLDED = Set.of("Service", "Node", "Stack");

  private final Map<ServiceId, Service> services = new LinkedHashMap<>();
  private final Map<NodeId, LoggedNode> nodes = new LinkedHashMap<>();
  private final Map<StackId, Namespace> stacks = new LinkedHashMap<>();
  private final Set<ServiceId> withoutBeginning = new LinkedHashSet<>();
  private final Violations unreadable = new Violations();
  private @Nullable Map<ContainerId, ServiceId> owners;
  private long events;

  /** A node as the log tells it. */
  record LoggedNode(Namespace namespace, boolean simulated, boolean terminated) {}

  void read(Stored stored) {
    events++;
    if (!FOLDED.contains(stored.aggregate())) {
      return;
    }
    switch (stored.event()) {
      case ServiceEvent event -> read(event, stored);
      case NodeEvent event -> read(event);
      case StackEvent event -> read(event);
      case null -> {
        var _ =
            unreadable.add(
                Promise.I6, "cannot be read", stored.envelope().subject(), unreadable(stored));
      }
      default -> {}
    }
  }

  private static String unreadable(Stored stored) {
    return stored.name() + " cannot be read";
  }

  private void read(ServiceEvent event, Stored stored) {
    var before = services.get(event.serviceId());
    if (before == null && !(event instanceof ServiceCreated)) {
      if (withoutBeginning.add(event.serviceId())) {
        var _ =
            unreadable.add(
                Promise.I6,
                "do not begin with their creation",
                event.serviceId().value(),
                "its log does not begin with its creation");
      }
      return;
    }
    services.put(event.serviceId(), Service.evolve(before, event, stored.envelope().at()));
  }

  private void read(StackEvent event) {
    switch (event) {
      case StackEvent.StackCreated created -> stacks.put(created.stackId(), created.namespace());
      case StackEvent.StackTerminated ended -> stacks.remove(ended.stackId());
      case StackEvent.StackRenamed _,
          StackEvent.StackDefined _,
          StackEvent.StackOperationBegun _,
          StackEvent.StackOperationEnded _ -> {}
    }
  }

  private void read(NodeEvent event) {
    switch (event) {
      case NodeEvent.NodeRegistered(var id, var namespace, var facts) ->
          nodes.put(id, new LoggedNode(namespace, facts.simulated(), false));
      case NodeEvent.NodeFactsChanged(var id, var facts) ->
          nodes.computeIfPresent(
              id, (_, node) -> new LoggedNode(node.namespace(), facts.simulated(), false));
      case NodeEvent.NodeTerminated(var id) ->
          nodes.computeIfPresent(
              id, (_, node) -> new LoggedNode(node.namespace(), node.simulated(), true));
      case NodeUnreachable _, NodeReturned _, NodeUpdated _, UnownedRemovalRequested _ -> {}
      case NodeDrainBegun _, NodeDrainHeldUp _, NodeDrainEnded _, NodeUndrained _ -> {}
    }
  }

  long events() {
    return events;
  }

  Collection<Service> services() {
    return services.values();
  }

  Optional<Service> service(ServiceId id) {
    return Optional.ofNullable(services.get(id));
  }

  Map<NodeId, LoggedNode> nodes() {
    return nodes;
  }

  /** The stacks that are not terminated, each with its namespace. */
  Map<StackId, Namespace> stacks() {
    return stacks;
  }

  /** The service that has the container now. */
  Optional<ServiceId> ownerOf(ContainerId container) {
    var known = owners;
    if (known == null) {
      known = new HashMap<>();
      for (var service : services.values()) {
        for (var one : service.fleet().containers()) {
          known.put(one.id(), service.id());
        }
      }
      owners = known;
    }
    return Optional.ofNullable(known.get(container));
  }

  /** I6, of events that do not fold. */
  List<Violation> violations() {
    return unreadable.all();
  }
}
