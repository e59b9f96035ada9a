package dev.slipway.agent.reconcile;

import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.ContainerId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What this node must have, as far as it has been told. */
public final class Assignments {

  private final Map<ContainerId, Assignment> newest = new ConcurrentHashMap<>();
  private volatile boolean complete;

  boolean knows(ContainerId container) {
    return newest.containsKey(container);
  }

  /**
   * @return whether it says something new
   */
  boolean put(Assignment assignment) {
    var before = newest.get(assignment.container());
    if (before != null && before.version() >= assignment.version()) {
      return false;
    }
    newest.put(assignment.container(), assignment);
    return true;
  }

  void drop(ContainerId container) {
    newest.remove(container);
  }

  Optional<Assignment> of(ContainerId container) {
    return Optional.ofNullable(newest.get(container));
  }

  Collection<Assignment> all() {
    return List.copyOf(newest.values());
  }

  /** All that was said before this agent began has been read. */
  void markComplete() {
    complete = true;
  }

  boolean isComplete() {
    return complete;
  }
}
