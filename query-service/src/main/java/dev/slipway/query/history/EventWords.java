package dev.slipway.query.history;

import dev.slipway.model.container.ContainerId;
import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ContainerConditionChanged;
import dev.slipway.model.service.ServiceEvent.ContainerCreated;
import dev.slipway.model.service.ServiceEvent.ContainerExited;
import dev.slipway.model.service.ServiceEvent.ContainerFailed;
import dev.slipway.model.service.ServiceEvent.ContainerGone;
import dev.slipway.model.service.ServiceEvent.ContainerLost;
import dev.slipway.model.service.ServiceEvent.ContainerObserved;
import dev.slipway.model.service.ServiceEvent.ContainerOperationBegun;
import dev.slipway.model.service.ServiceEvent.ContainerOperationEnded;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.ContainerRemovalRequested;
import dev.slipway.model.service.ServiceEvent.ContainerRemoved;
import dev.slipway.model.service.ServiceEvent.ContainerRequest;
import dev.slipway.model.service.ServiceEvent.ContainerStartRequested;
import dev.slipway.model.service.ServiceEvent.ContainerStarted;
import dev.slipway.model.service.ServiceEvent.ContainerStopRequested;
import dev.slipway.model.service.ServiceEvent.ContainerWithdrawn;
import dev.slipway.model.service.ServiceEvent.FleetResized;
import dev.slipway.model.service.ServiceEvent.OperationBegun;
import dev.slipway.model.service.ServiceEvent.OperationEnded;
import dev.slipway.model.service.ServiceEvent.OperationEvent;
import dev.slipway.model.service.ServiceEvent.OperationQueued;
import dev.slipway.model.service.ServiceEvent.PlacementRefused;
import dev.slipway.model.service.ServiceEvent.QueuedOperationDropped;
import dev.slipway.model.service.ServiceEvent.RedeployRolledBack;
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import dev.slipway.model.service.ServiceEvent.ServiceTerminated;
import dev.slipway.model.service.ServiceEvent.ServiceUpdated;
import dev.slipway.model.service.ServiceEvent.TriggerCreated;
import dev.slipway.model.service.ServiceEvent.TriggerDeleted;
import dev.slipway.model.service.ServiceEvent.VolumesErased;
import java.time.Instant;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says in plain words what an event tells. */
public final class EventWords {

  private EventWords() {}

  /**
   * @param names of containers, such as {@code web-1}
   */
  public static String of(ServiceEvent event, Function<ContainerId, String> names) {
    return switch (event) {
      case ServiceCreated created ->
          "The service is created; set: " + String.join(", ", created.definition().json().keySet());
      case ServiceUpdated(_, var changes) ->
          "The service is changed; set: " + String.join(", ", changes.json().keySet());
      case OperationEvent operation -> of(operation, names);
      case PlacementRefused(_, var slot, var reason, _, var waiting) ->
          "No node for container %d: %s%s".formatted(slot, reason, waiting ? "; waiting" : "");
      case TriggerCreated(_, var trigger) -> "Trigger %s is made".formatted(trigger.name());
      case TriggerDeleted _ -> "A trigger is deleted";
      case FleetResized(_, var size) ->
          "The nodes have changed: the service is to have %d containers".formatted(size);
      case ServiceTerminated _ -> "The service is terminated";
      case ContainerPlaced placed ->
          names.apply(placed.container())
              + (Boolean.TRUE.equals(placed.adopted())
                  ? " is adopted as it runs on node "
                  : " gets its place on node ")
              + placed.node();
      case ContainerRequest request -> names.apply(request.container()) + of(request);
      case ContainerObserved observed -> of(observed, names);
      case ContainerGone gone -> of(gone, names.apply(gone.container()));
    };
  }

  private static String of(OperationEvent event, Function<ContainerId, String> names) {
    return switch (event) {
      case OperationBegun begun -> begun(begun.kind(), begun.deadline());
      case OperationQueued(_, var queued) -> "The %s waits".formatted(queued.kind().text());
      case QueuedOperationDropped(_, _, var reason) ->
          "What waited is not done any more: " + reason;
      case RedeployRolledBack(_, var reason) ->
          "The redeploy goes back to the definition before it: " + reason;
      case OperationEnded(_, _, var success, var reason) -> ended(success, reason);
      case ContainerOperationBegun begun ->
          names.apply(begun.container()) + ": " + begun(begun.kind(), begun.deadline());
      case ContainerOperationEnded(_, _, var success, var reason) -> ended(success, reason);
    };
  }

  private static String of(ContainerRequest request) {
    return switch (request) {
      case ContainerStartRequested _ -> " is asked to start";
      case ContainerStopRequested _ -> " is asked to stop";
      case ContainerRemovalRequested _ -> " is to be removed";
      case ContainerWithdrawn _ -> " is to leave its node";
    };
  }

  private static String of(ContainerObserved event, Function<ContainerId, String> names) {
    return switch (event) {
      case ContainerCreated(_, var id, _, _) -> names.apply(id) + " is made";
      case ContainerStarted started -> names.apply(started.container()) + running(started);
      case ContainerConditionChanged(_, var id, var condition) ->
          names.apply(id) + ConditionWords.of(condition);
      case ContainerExited exited -> names.apply(exited.container()) + ended(exited);
      case VolumesErased(_, var id, var node) ->
          "The volumes that %s had left on node %s are erased".formatted(names.apply(id), node);
    };
  }

  private static String of(ContainerGone event, String container) {
    return switch (event) {
      case ContainerFailed failed -> container + " failed: " + failed.reason();
      case ContainerRemoved _ -> container + " is removed";
      case ContainerLost lost -> "%s is given up: %s".formatted(container, lost.reason());
    };
  }

  private static String begun(OperationKind kind, Instant deadline) {
    return "The %s begins; it ends at %s, come what may".formatted(kind.text(), deadline);
  }

  private static String ended(boolean success, @Nullable String reason) {
    return success ? "The operation is done" : "The operation failed: " + reason;
  }

  private static String running(ContainerStarted started) {
    if (Boolean.TRUE.equals(started.byHand())) {
      return " was started by hand on its node";
    }
    var restart = started.restart();
    if (restart != null) {
      return " ended with exit code %d%s, and its restart policy starts it again"
          .formatted(restart.exitCode(), restart.oomKilled() ? ", out of memory" : "");
    }
    return started.ports().isEmpty()
        ? " runs"
        : started.ports().stream()
            .map(port -> "%d on %d".formatted(port.innerPort(), port.outerPort()))
            .collect(Collectors.joining(", ", " runs with port ", ""));
  }

  private static String ended(ContainerExited exited) {
    var why = exited.oomKilled() ? ", out of memory" : "";
    var error = exited.error() == null || exited.error().isEmpty() ? "" : ": " + exited.error();
    return exited.exitCode() == null
        ? " does not run" + error
        : " ended with exit code " + exited.exitCode() + why + error;
  }
}
