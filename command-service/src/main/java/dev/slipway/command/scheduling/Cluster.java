package dev.slipway.command.scheduling;

import dev.slipway.model.Namespace;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.DeploymentStrategy;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The nodes of one namespace at one moment; containers placed on them count from then on. */
public final class Cluster {

  private final Map<NodeId, Candidate> nodes;

  public Cluster(Map<NodeId, Candidate> nodes) {
    this.nodes = new HashMap<>(nodes);
  }

  /** Where the nodes of a namespace are to be had. */
  public interface Source {
    Cluster of(Namespace namespace);

    /** Another service as it is now, if there is one: links are to such. */
    default Optional<Service> service(ServiceId id) {
      return Optional.empty();
    }
  }

  /** Picks a node, and counts the container there for those placed after it. */
  public Placement place(Need need, DeploymentStrategy strategy) {
    var placement = Scheduler.place(need, nodes.values(), strategy);
    if (placement instanceof Placement.On(var node)) {
      nodes.computeIfPresent(node, (_, candidate) -> candidate.with(need));
    }
    return placement;
  }
}
