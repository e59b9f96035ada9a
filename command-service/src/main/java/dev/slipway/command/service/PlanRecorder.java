package dev.slipway.command.service;

import dev.slipway.command.service.Plan.Action;
import dev.slipway.command.service.Plan.Entry;
import dev.slipway.model.container.Assignment.Wanted;
import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.ContainerPhase;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.DeployOrder;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.AttributesSet;
import dev.slipway.model.service.ServiceEvent.ContainerFailed;
import dev.slipway.model.service.ServiceEvent.ContainerLost;
import dev.slipway.model.service.ServiceEvent.ContainerObserved;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.ContainerRemovalRequested;
import dev.slipway.model.service.ServiceEvent.ContainerRemoved;
import dev.slipway.model.service.ServiceEvent.ContainerStartRequested;
import dev.slipway.model.service.ServiceEvent.ContainerStopRequested;
import dev.slipway.model.service.ServiceEvent.ContainerWithdrawn;
import dev.slipway.model.service.ServiceEvent.FleetResized;
import dev.slipway.model.service.ServiceEvent.OperationEvent;
import dev.slipway.model.service.ServiceEvent.PlacementRefused;
import dev.slipway.model.service.ServiceEvent.ServiceTerminated;
import dev.slipway.model.service.ServiceEvent.TriggerCreated;
import dev.slipway.model.service.ServiceEvent.TriggerDeleted;
import dev.slipway.model.service.WantedState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a plan of the events that are decided, round by round. */
final class PlanRecorder {

  private final List<Entry> entries = new ArrayList<>();

  /**
   * The place of the entry for a container that goes, so that a new one in its slot completes it.
   */
  private final Map<ContainerId, Integer> leaving = new HashMap<>();

  private @Nullable Service service;

  /**
   * @param service before the first event, null if there is none
   */
  PlanRecorder(@Nullable Service service) {
    this.service = service;
  }

  /** The service after all events so far. */
  @Nullable Service service() {
    return service;
  }

  void record(int round, List<ServiceEvent> events, Instant now) {
    for (var event : events) {
      var before = service;
      var after = Service.evolve(before, event, now);
      service = after;
      if (before != null) {
        record(round, event, before, after);
      }
    }
  }

  private void record(int round, ServiceEvent event, Service before, Service after) {
    switch (event) {
      case ContainerPlaced placed -> placed(round, placed.slot(), before, placed.node(), null);
      case PlacementRefused refused -> placed(round, refused.slot(), before, null, refused);
      case ContainerStartRequested(_, var id) -> add(round, Action.START, id, before);
      case ContainerStopRequested(_, var id) -> add(round, Action.STOP, id, before);
      case ContainerRemovalRequested(_, var id) -> removed(round, id, before, after);
      case ContainerWithdrawn(_, var id) -> removed(round, id, before, after);
      case ContainerLost lost -> removed(round, lost.container(), before, after);
      case ContainerRemoved _, ContainerFailed _, ContainerObserved _, FleetResized _ -> {}
      case AttributesSet _, OperationEvent _, TriggerCreated _, TriggerDeleted _ -> {}
      case ServiceTerminated _ -> {}
    }
  }

  private void add(int round, Action action, ContainerId id, Service before) {
    before
        .fleet()
        .find(id)
        .ifPresent(
            one ->
                entries.add(
                    new Entry(round, action, one.slot(), id, one.node(), null, false, null)));
  }

  private void removed(int round, ContainerId id, Service before, Service after) {
    boolean erases =
        after
            .fleet()
            .find(id)
            .filter(one -> WantedState.of(one, after) == Wanted.ERASED)
            .isPresent();
    var at = leaving.get(id);
    if (at != null) {
      entries.set(at, entries.get(at).erasing(erases));
      return;
    }
    add(round, Action.REMOVE, id, before);
    int last = entries.size() - 1;
    entries.set(last, entries.get(last).erasing(erases));
    leaving.put(id, last);
  }

  /**
   * A container for a slot, beside one that is still there, after one that has gone, or the first.
   */
  private void placed(
      int round,
      int slot,
      Service before,
      @Nullable NodeId node,
      @Nullable PlacementRefused refused) {
    var removed = removedFrom(slot);
    if (removed >= 0) {
      entries.set(removed, entries.get(removed).replacedBy(node, refused));
      return;
    }
    var old = presentIn(slot, before);
    if (old.isPresent()) {
      leaving.put(old.get().id(), entries.size());
    }
    entries.add(
        new Entry(
            round,
            old.isPresent() ? Action.REPLACE : Action.ADD,
            slot,
            old.map(Container::id).orElse(null),
            node,
            old.isPresent() ? DeployOrder.START_FIRST : null,
            false,
            refused));
  }

  /** The place of the entry that removes a container from the slot, -1 if there is none. */
  private int removedFrom(int slot) {
    for (int at = entries.size() - 1; at >= 0; at--) {
      if (entries.get(at).slot() == slot) {
        return entries.get(at).action() == Action.REMOVE ? at : -1;
      }
    }
    return -1;
  }

  private static Optional<Container> presentIn(int slot, Service service) {
    return service.fleet().in(slot).stream()
        .filter(one -> !one.is(ContainerPhase.TERMINATING))
        .max(Comparator.comparingInt(Container::generation));
  }

  /** The entries with steps from 1 without gaps. */
  Plan plan(boolean isWhole) {
    var rounds = entries.stream().map(Entry::step).distinct().sorted().toList();
    return new Plan(
        entries.stream()
            .sorted(Comparator.comparingInt(Entry::step))
            .map(entry -> entry.at(rounds.indexOf(entry.step()) + 1))
            .toList(),
        isWhole);
  }
}
