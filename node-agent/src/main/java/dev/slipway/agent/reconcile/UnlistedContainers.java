package dev.slipway.agent.reconcile;

import dev.slipway.agent.engine.Found;
import dev.slipway.model.container.AssignmentList;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.AgentState.Unowned;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Containers on the Engine without an assignment: those to remove, and those that are unowned. */
final class UnlistedContainers {

  private static final Logger LOG = LoggerFactory.getLogger(UnlistedContainers.class);

  private final Duration grace;
  private final InstantSource clock;
  private final Set<ContainerId> ended = ConcurrentHashMap.newKeySet();
  private final Map<ContainerId, Instant> unwantedSince = new HashMap<>();
  private volatile Map<ContainerId, Unowned> unowned = Map.of();

  /**
   * @param grace how long an unwanted container is left alone
   */
  UnlistedContainers(Duration grace, InstantSource clock) {
    this.grace = grace;
    this.clock = clock;
  }

  /** Notes that a record has explicitly ended these containers. */
  void end(Collection<ContainerId> containers) {
    ended.addAll(containers);
  }

  /** Forgets that a record has ended a container: an assignment wants it. */
  void assigned(ContainerId container) {
    ended.remove(container);
  }

  /** The containers to remove now; each is returned again after another grace period. */
  List<Found> removable(Collection<Found> unlisted, @Nullable AssignmentList list) {
    var kept = new HashMap<ContainerId, Unowned>();
    var removable = new ArrayList<Found>();
    unwantedSince
        .keySet()
        .retainAll(unlisted.stream().map(one -> one.labels().container()).toList());
    for (var one : unlisted) {
      var container = one.labels().container();
      if (ended.contains(container)) {
        addIfDue(one, removable);
        continue;
      }
      switch (Unlisted.decide(one.labels(), list)) {
        case Unlisted.Remove _ -> addIfDue(one, removable);
        case Unlisted.Keep(var reason) -> kept.put(container, unowned(one.labels(), reason));
      }
    }
    unwantedSince.keySet().removeAll(kept.keySet());
    log(kept);
    unowned = Map.copyOf(kept);
    return removable;
  }

  private static Unowned unowned(Found.Labels labels, String reason) {
    return new Unowned(
        labels.container(),
        labels.name(),
        reason,
        labels.service(),
        labels.place(),
        labels.stamp());
  }

  private void addIfDue(Found one, List<Found> removable) {
    var now = clock.instant();
    var since = unwantedSince.computeIfAbsent(one.labels().container(), _ -> now);
    if (!since.plus(grace).isAfter(now)) {
      LOG.info("Removing unassigned container {}", one.labels().name());
      unwantedSince.put(one.labels().container(), now);
      removable.add(one);
    }
  }

  private void log(Map<ContainerId, Unowned> kept) {
    kept.forEach(
        (container, one) -> {
          if (!one.equals(unowned.get(container))) {
            LOG.warn("Keeping unowned container {}: {}", one.name(), one.reason());
          }
        });
  }

  boolean isUnowned(ContainerId container) {
    return unowned.containsKey(container);
  }

  List<Unowned> unowned() {
    return List.copyOf(unowned.values());
  }
}
