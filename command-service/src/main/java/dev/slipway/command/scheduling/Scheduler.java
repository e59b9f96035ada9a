package dev.slipway.command.scheduling;

import dev.slipway.command.scheduling.Placement.Nowhere;
import dev.slipway.command.scheduling.Placement.On;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.DeploymentStrategy;
import java.util.Collection;
import java.util.EnumMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Picks the node for one container: nodes that cannot take it are vetoed, the rest ranked. */
public final class Scheduler {

  private static final int MOST_REASONS = 100;

  private Scheduler() {}

  /** The same need and nodes always give the same node. */
  public static Placement place(
      Need need, Collection<Candidate> nodes, DeploymentStrategy strategy) {
    var preference = Strategy.of(strategy);
    @Nullable Candidate best = null;
    long bestRank = 0;
    for (var node : nodes) {
      long rank = preference.rank(need, node);
      if ((best == null || rank < bestRank || (rank == bestRank && isBefore(node, best)))
          && Veto.of(need, node).isEmpty()) {
        best = node;
        bestRank = rank;
      }
    }
    return best == null ? nowhere(need, nodes) : new On(best.id());
  }

  private static boolean isBefore(Candidate one, Candidate other) {
    return one.id().compareTo(other.id()) < 0;
  }

  private static Nowhere nowhere(Need need, Collection<Candidate> nodes) {
    var vetoes = new EnumMap<Veto, Integer>(Veto.class);
    var reasons = new TreeMap<NodeId, String>();
    for (var node : nodes) {
      var veto = Veto.of(need, node).orElseThrow();
      vetoes.merge(veto, 1, Integer::sum);
      if (reasons.size() < MOST_REASONS) {
        reasons.put(node.id(), node.name() + " " + veto.explain(need, node));
      }
    }
    return new Nowhere(vetoes, reasons);
  }
}
