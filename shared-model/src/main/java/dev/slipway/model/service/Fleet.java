package dev.slipway.model.service;

import static dev.slipway.model.container.ContainerPhase.RUNNING;

import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.ContainerPhase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The containers of a service.
 *
 * @param containers all that are not terminated, by slot and generation
 * @param generations by slot: that of the last container placed, for as long as the service lives
 * @param size how many containers the last start, scale or redeploy was to bring about
 */
public record Fleet(List<Container> containers, SortedMap<Integer, Integer> generations, int size) {

  public static final Fleet EMPTY = new Fleet(List.of(), new TreeMap<>(), 0);

  private static final Comparator<Container> BY_SLOT =
      Comparator.comparingInt(Container::slot).thenComparingInt(Container::generation);

  public Fleet {
    containers = List.copyOf(containers);
    generations = Collections.unmodifiableSortedMap(new TreeMap<>(generations));
  }

  public Optional<Container> find(ContainerId id) {
    return containers.stream().filter(container -> container.id().equals(id)).findFirst();
  }

  public int count(ContainerPhase phase) {
    return (int) containers.stream().filter(container -> container.is(phase)).count();
  }

  /** The generation that the next container of the slot has. */
  public int nextGeneration(int slot) {
    return generations.getOrDefault(slot, 0) + 1;
  }

  Fleet withSize(int size) {
    return new Fleet(containers, generations, size);
  }

  Fleet with(Container placed) {
    var more = new ArrayList<>(containers);
    more.add(placed);
    more.sort(BY_SLOT);
    var counted = new TreeMap<>(generations);
    counted.merge(placed.slot(), placed.generation(), Math::max);
    return new Fleet(more, counted, size);
  }

  Fleet change(ContainerId id, UnaryOperator<Container> change) {
    return new Fleet(
        containers.stream().map(c -> c.id().equals(id) ? change.apply(c) : c).toList(),
        generations,
        size);
  }

  Fleet without(ContainerId id) {
    return new Fleet(
        containers.stream().filter(c -> !c.id().equals(id)).toList(), generations, size);
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
