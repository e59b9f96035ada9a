package dev.slipway.query.service;

import dev.slipway.model.container.Container;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.Operation;
import dev.slipway.model.service.Operation.Problem;
import dev.slipway.model.service.Service;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The slots of a service, those without a container too, each with what is known of it. */
final class Slots {

  /** Of a fleet beyond it no more slots without a container are told of than this. */
  private static final int MOST = 1_000;

  /**
   * One slot.
   *
   * @param container the newest in it, null if there is none
   * @param problem why there is none, or why the last one failed; null if nothing is known
   */
  record Slot(int number, @Nullable Container container, @Nullable Problem problem) {

    boolean runs() {
      return container != null && container.is(dev.slipway.model.container.ContainerPhase.RUNNING);
    }
  }

  private Slots() {}

  static List<Slot> of(Service service) {
    if (service.terminated()) {
      return List.of();
    }
    var containers = new TreeMap<Integer, Container>();
    service.fleet().containers().forEach(one -> containers.put(one.slot(), one));
    var problems = problems(service);
    var numbers = new TreeSet<>(containers.keySet());
    numbers.addAll(problems.keySet());
    IntStream.rangeClosed(1, Math.min(MOST, service.fleet().size())).forEach(numbers::add);
    var slots = new ArrayList<Slot>();
    for (int number : numbers) {
      slots.add(new Slot(number, containers.get(number), problems.get(number)));
    }
    return slots;
  }

  /** Of the operation under way, or else of the last one. */
  private static SortedMap<Integer, Problem> problems(Service service) {
    var operation = of(service.activity().operation(), service);
    return operation == null ? new TreeMap<>() : operation.problems();
  }

  private static @Nullable Operation of(@Nullable Operation underWay, Service service) {
    var last = service.activity().last();
    return underWay != null || last == null ? underWay : last.operation();
  }

  /** All nodes that have to do with the service: its containers' and those that were refused. */
  static Collection<NodeId> nodes(Service service) {
    var nodes = new TreeSet<>(java.util.Comparator.comparing(NodeId::value));
    for (var slot : of(service)) {
      if (slot.container() != null) {
        nodes.add(slot.container().node());
      }
      if (slot.problem() != null) {
        nodes.addAll(slot.problem().refusals().keySet());
      }
    }
    return nodes;
  }
}
