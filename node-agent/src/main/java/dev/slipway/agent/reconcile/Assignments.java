package dev.slipway.agent.reconcile;

import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.AssignmentList;
import dev.slipway.model.container.ContainerId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What this node must have, as far as it has been told. */
public final class Assignments {

  private final Map<ContainerId, Assignment> newest = new ConcurrentHashMap<>();

  /** Records of lower versions: they count if the higher ones turn out to be of another past. */
  private final Map<ContainerId, Assignment> older = new ConcurrentHashMap<>();

  private volatile @Nullable AssignmentList list;

  /** The containers of the list that have not ended since. */
  private volatile Set<ContainerId> listed = ConcurrentHashMap.newKeySet();

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
      older.put(assignment.container(), assignment);
      return false;
    }
    if (isOfAnotherPast(assignment) || (before == null && isHistory(assignment))) {
      return false;
    }
    newest.put(assignment.container(), assignment);
    return true;
  }

  /** A record sent again of a container that has ended since. */
  private boolean isHistory(Assignment assignment) {
    var latest = list;
    var stamp = assignment.stamp();
    return latest != null
        && stamp != null
        && latest.covers(stamp)
        && assignment.wanted() != Assignment.Wanted.ERASED
        && !listed.contains(assignment.container());
  }

  /**
   * Takes a complete list.
   *
   * @return the assignments that it ends: they are in the list's past and not on it
   */
  List<Assignment> take(AssignmentList complete) {
    var before = list;
    if (before != null && complete.asOf().isBefore(before.asOf())) {
      return List.of();
    }
    list = complete;
    listed = ConcurrentHashMap.newKeySet();
    listed.addAll(complete.containers());
    var ended = newest.values().stream().filter(this::isEnded).toList();
    ended.forEach(assignment -> newest.remove(assignment.container()));
    if (newest.values().removeIf(this::isOfAnotherPast)) {
      List.copyOf(older.values()).forEach(this::put);
    }
    older.clear();
    return ended;
  }

  private boolean isEnded(Assignment assignment) {
    var latest = list;
    var stamp = assignment.stamp();
    return latest != null
        && stamp != null
        && assignment.wanted() != Assignment.Wanted.ERASED
        && !listed.contains(assignment.container())
        && latest.covers(stamp);
  }

  /** Whether it follows from events that the log does not have: its container becomes unowned. */
  private boolean isOfAnotherPast(Assignment assignment) {
    var latest = list;
    var stamp = assignment.stamp();
    return latest != null
        && stamp != null
        && !stamp.term().equals(latest.asOf().term())
        && stamp.term().number() <= latest.asOf().term().number()
        && !latest.covers(stamp);
  }

  /** The newest complete list; empty if none has come. */
  Optional<AssignmentList> list() {
    return Optional.ofNullable(list);
  }

  /** Containers on the list of which no record has come: their specification is not known. */
  List<ContainerId> withoutRecord() {
    return listed.stream().filter(container -> !newest.containsKey(container)).sorted().toList();
  }

  /** Takes an explicit end of a container. */
  void drop(ContainerId container) {
    newest.remove(container);
    listed.remove(container);
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
