package dev.slipway.command.scheduling;

import static java.util.Comparator.comparingInt;

import dev.slipway.model.service.DeploymentStrategy;
import java.util.Comparator;
import java.util.function.Function;

/** Which of the nodes that can take a container it goes to. */
enum Strategy {
  EMPTIEST_NODE(_ -> comparingInt(Candidate::total)),
  HIGH_AVAILABILITY(
      need ->
          comparingInt((Candidate node) -> node.containersOf(need.service()))
              .thenComparingInt(Candidate::total));

  private final Function<Need, Comparator<Candidate>> preference;

  Strategy(Function<Need, Comparator<Candidate>> preference) {
    this.preference = preference;
  }

  /** The same need and nodes always give the same order: ties go to the lowest id. */
  Comparator<Candidate> order(Need need) {
    return preference.apply(need).thenComparing(Candidate::id);
  }

  /** A service with one container on every node spreads itself: no two go to one node. */
  static Strategy of(DeploymentStrategy strategy) {
    return switch (strategy) {
      case EMPTIEST_NODE -> EMPTIEST_NODE;
      case HIGH_AVAILABILITY, EVERY_NODE -> HIGH_AVAILABILITY;
    };
  }
}
