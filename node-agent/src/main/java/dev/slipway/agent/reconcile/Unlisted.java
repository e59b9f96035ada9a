package dev.slipway.agent.reconcile;

import dev.slipway.agent.engine.Found;
import dev.slipway.model.container.AssignmentList;
import org.jspecify.annotations.Nullable;

/**
 * Decides about a container on the Engine that no assignment accounts for. Absence of a record
 * proves nothing: only a complete list that is newer than the container allows its removal.
 */
sealed interface Unlisted {

  /** The list is newer than the container and does not name it. */
  record Remove() implements Unlisted {}

  /** Nothing says that it is not wanted. */
  record Keep(String reason) implements Unlisted {}

  /**
   * @param list the newest complete list, null if none has come
   */
  static Unlisted decide(Found.Labels container, @Nullable AssignmentList list) {
    if (list == null) {
      return new Keep("no complete list of this node's containers has come");
    }
    var made = container.stamp();
    if (made == null) {
      return new Keep("it does not say when it was made: only an explicit record removes it");
    }
    if (!made.isOfSameInstallation(list.asOf())) {
      return new Keep("another installation (%s) made it".formatted(made.installation()));
    }
    if (list.containers().contains(container.container())) {
      return new Keep("it is wanted, but its assignment has not come");
    }
    return list.covers(made)
        ? new Remove()
        : new Keep(
            "it was made at %s, which is not in the past of the log (at %s)"
                .formatted(made, list.asOf()));
  }
}
