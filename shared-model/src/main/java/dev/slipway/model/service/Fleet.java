package dev.slipway.model.service;

import static dev.slipway.model.container.ContainerPhase.RUNNING;

import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.ContainerPhase;
import dev.slipway.model.service.ServiceEvent.ContainerFailed;
import dev.slipway.model.service.ServiceEvent.ContainerGone;
import dev.slipway.model.service.ServiceEvent.ContainerLost;
import dev.slipway.model.service.ServiceEvent.ContainerRemovalRequested;
import dev.slipway.model.service.ServiceEvent.ContainerRemoved;
import dev.slipway.model.service.ServiceEvent.ContainerRequest;
import dev.slipway.model.service.ServiceEvent.ContainerStartRequested;
import dev.slipway.model.service.ServiceEvent.ContainerStopRequested;
import dev.slipway.model.service.ServiceEvent.ContainerWithdrawn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The containers of a service.
 *
 * @param containers all that are not terminated, by slot and generation
 * @param slots what is remembered of each slot that was ever used or wanted
 * @param size how many containers the last start, scale or redeploy was to bring about
 * @param left what containers that are gone may have left of volumes; of each slot and node the
 *     last
 */
public record Fleet(
    List<Container> containers, SortedMap<Integer, Slot> slots, int size, List<LeftVolumes> left) {

  public static final Fleet EMPTY = new Fleet(List.of(), new TreeMap<>(), 0, List.of());

  private static final Comparator<Container> BY_SLOT =
      Comparator.comparingInt(Container::slot).thenComparingInt(Container::generation);

  public Fleet {
    containers = List.copyOf(containers);
    slots = Collections.unmodifiableSortedMap(new TreeMap<>(slots));
    left = List.copyOf(left);
  }

  public Optional<Container> find(ContainerId id) {
    return containers.stream().filter(container -> container.id().equals(id)).findFirst();
  }

  public int count(ContainerPhase phase) {
    return (int) containers.stream().filter(container -> container.is(phase)).count();
  }

  /** Those that are in the slot: two while one takes the place of the other. */
  public List<Container> in(int slot) {
    return containers.stream().filter(container -> container.slot() == slot).toList();
  }

  /** What is to stay in the container's slot and is newer. */
  public Optional<Container> successor(Container container) {
    return in(container.slot()).stream()
        .filter(one -> one.generation() > container.generation())
        .filter(one -> !one.is(ContainerPhase.TERMINATING))
        .max(Comparator.comparingInt(Container::generation));
  }

  /** What is remembered of the slot. */
  public Slot slot(int number) {
    return slots.getOrDefault(number, Slot.UNUSED);
  }

  /** The generation that the next container of the slot has. */
  public int nextGeneration(int slot) {
    return slot(slot).generation() + 1;
  }

  /** Slots that have no container for want of a node, the lowest first. */
  public List<Integer> owed() {
    return slots.entrySet().stream()
        .filter(slot -> slot.getValue().owed())
        .map(Map.Entry::getKey)
        .toList();
  }

  Fleet after(ContainerRequest request) {
    return change(
        request.container(),
        switch (request) {
          case ContainerStartRequested _ -> Container::startRequested;
          case ContainerStopRequested _ -> Container::stopRequested;
          case ContainerRemovalRequested _, ContainerWithdrawn _ -> Container::removalRequested;
        });
  }

  Fleet after(ContainerGone event) {
    return switch (event) {
      case ContainerRemoved(_, var id, var erased) -> gone(id, Boolean.TRUE.equals(erased));
      case ContainerFailed(_, var id, _) -> gone(id, false);
      case ContainerLost lost -> lost(lost.container(), lost.owed());
    };
  }

  Fleet withSize(int size) {
    return new Fleet(containers, slots, size, left);
  }

  /** With other nodes, what a slot without a container was last on matters no more. */
  Fleet resized(int size) {
    var changed = new TreeMap<>(slots);
    changed.replaceAll(
        (number, slot) ->
            in(number).stream().allMatch(one -> one.is(ContainerPhase.TERMINATING))
                ? slot.elsewhere(slot.owed())
                : slot);
    return new Fleet(containers, changed, size, left);
  }

  Fleet with(Container placed) {
    var more = new ArrayList<>(containers);
    more.add(placed);
    more.sort(BY_SLOT);
    return new Fleet(more, slots, size, left).change(placed.slot(), slot -> slot.with(placed));
  }

  Fleet owing(int slot) {
    return change(slot, remembered -> remembered.withOwed(true));
  }

  Fleet owingNothing() {
    var changed = new TreeMap<>(slots);
    changed.replaceAll((_, slot) -> slot.withOwed(false));
    return new Fleet(containers, changed, size, left);
  }

  private Fleet lost(ContainerId id, boolean owed) {
    return find(id)
        .map(lost -> gone(id, false).change(lost.slot(), slot -> slot.elsewhere(owed)))
        .orElse(this);
  }

  private Fleet change(int number, UnaryOperator<Slot> change) {
    var changed = new TreeMap<>(slots);
    changed.put(number, change.apply(slot(number)));
    return new Fleet(containers, changed, size, left);
  }

  Fleet change(ContainerId id, UnaryOperator<Container> change) {
    return new Fleet(
        containers.stream().map(c -> c.id().equals(id) ? change.apply(c) : c).toList(),
        slots,
        size,
        left);
  }

  private Fleet gone(ContainerId id, boolean erased) {
    return find(id)
        .map(
            gone ->
                new Fleet(
                    containers.stream().filter(one -> !one.equals(gone)).toList(),
                    slots,
                    size,
                    left(LeftVolumes.of(gone), erased)))
        .orElse(this);
  }

  private List<LeftVolumes> left(LeftVolumes last, boolean erased) {
    if (!erased && left.stream().anyMatch(last::goWith)) {
      return left;
    }
    var others = left.stream().filter(one -> !one.goWith(last));
    return (erased ? others : Stream.concat(others, Stream.of(last))).toList();
  }

  Fleet erased(ContainerId id) {
    return left.stream()
        .filter(one -> one.container().equals(id))
        .findFirst()
        .map(one -> new Fleet(containers, slots, size, left(one, true)))
        .orElse(this);
  }

  /** The stable state that these containers give a service. */
  ServiceLifecycle lifecycle() {
    int running = count(RUNNING);
    if (containers.isEmpty()) {
      return ServiceLifecycle.NOT_RUNNING;
    }
    if (running == 0) {
      return ServiceLifecycle.STOPPED;
    }
    return running == containers.size() && running >= size
        ? ServiceLifecycle.RUNNING
        : ServiceLifecycle.PARTLY_RUNNING;
  }
}
