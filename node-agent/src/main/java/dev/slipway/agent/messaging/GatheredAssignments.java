package dev.slipway.agent.messaging;

import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.AssignmentList;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.wire.LogStamp;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a node's partition of the topic of assignments contains: the newest assignment of each
 * container, the containers that were ended, the newest complete list and the newest place.
 */
final class GatheredAssignments {

  private final Map<ContainerId, Assignment> wanted = new LinkedHashMap<>();
  private final Set<ContainerId> ended = new HashSet<>();
  private final Map<ContainerId, LogStamp> endedUnseen = new HashMap<>();
  private @Nullable AssignmentList list;
  private @Nullable LogStamp newest;

  /**
   * @param place the stamp of a record of any node
   */
  void saw(LogStamp place) {
    var before = newest;
    if (before == null || !before.isOfSameInstallation(place) || before.isBefore(place)) {
      newest = place;
    }
  }

  void add(Assignment assignment) {
    var before = wanted.remove(assignment.container());
    wanted.put(
        assignment.container(),
        before == null || isNewer(assignment, before) ? assignment : before);
    ended.remove(assignment.container());
    endedUnseen.remove(assignment.container());
  }

  /** Versions count; a record without a stamp is compared by its version too. */
  private static boolean isNewer(Assignment assignment, Assignment before) {
    return assignment.version() >= before.version();
  }

  /**
   * Ends a container.
   *
   * @param stamp null if the record has none: it then counts only after an assignment of it
   */
  void end(ContainerId container, @Nullable LogStamp stamp) {
    if (wanted.remove(container) != null) {
      ended.add(container);
    } else if (stamp != null) {
      endedUnseen.put(container, stamp);
    }
  }

  void add(AssignmentList complete) {
    var before = list;
    if (before == null || !complete.asOf().isBefore(before.asOf())) {
      list = complete;
    }
  }

  Collection<Assignment> wanted() {
    return wanted.values();
  }

  /** Containers that were ended after an assignment, or by a record of the list's own past. */
  Set<ContainerId> ended() {
    var all = new HashSet<>(ended);
    var complete = list;
    if (complete != null) {
      endedUnseen.forEach(
          (container, stamp) -> {
            if (complete.covers(stamp) || complete.asOf().term().equals(stamp.term())) {
              all.add(container);
            }
          });
    }
    return all;
  }

  @Nullable AssignmentList list() {
    return list;
  }

  /**
   * Why nothing may be done on the strength of these records; null if they can be acted on.
   *
   * @param seen the newest place that this agent knew before
   */
  @Nullable String problem(@Nullable LogStamp seen) {
    if (seen == null) {
      return null;
    }
    var place = newest;
    if (place == null) {
      return "Kafka has no assignment of installation %s any more, but %s was read before"
          .formatted(seen.installation(), seen);
    }
    if (!place.isOfSameInstallation(seen)) {
      return "Kafka has the log of another installation (%s); this node belongs to %s"
          .formatted(place.installation(), seen.installation());
    }
    var complete = list;
    if (complete == null) {
      return "Kafka has no complete list of this node's containers yet";
    }
    boolean isLater =
        complete.covers(seen)
            || complete.asOf().term().number() > seen.term().number()
            || (place.term().equals(seen.term()) && !place.isBefore(seen));
    return isLater
        ? null
        : "Kafka is older than this node: it ends at %s, and %s was read before"
            .formatted(place, seen);
  }
}
