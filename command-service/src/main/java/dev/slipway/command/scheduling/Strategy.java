package dev.slipway.command.scheduling;

import dev.slipway.model.service.DeploymentStrategy;
import java.util.function.ToLongBiFunction;

/** Which of the nodes that can take a container it goes to. */
enum Strategy {
  EMPTIEST_NODE((_, node) -> node.total()),
  HIGH_AVAILABILITY(
      (need, node) -> ((long) node.containersOf(need.service()) << Integer.SIZE) + node.total());

  private final ToLongBiFunction<Need, Candidate> rank;

  Strategy(ToLongBiFunction<Need, Candidate> rank) {
    this.rank = rank;
  }

  /** The lower the better. Of nodes with the same rank the one of the lowest id is taken. */
  long rank(Need need, Candidate node) {
    return rank.applyAsLong(need, node);
  }

  /** A service with one container on every node spreads itself: no two go to one node. */
  static Strategy of(DeploymentStrategy strategy) {
    return switch (strategy) {
      case EMPTIEST_NODE -> EMPTIEST_NODE;
      case HIGH_AVAILABILITY, EVERY_NODE -> HIGH_AVAILABILITY;
    };
  }
}
