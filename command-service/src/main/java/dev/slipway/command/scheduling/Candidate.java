package dev.slipway.command.scheduling;

import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A node as the scheduler sees it.
 *
 * @param reachable whether its agent is heard
 * @param taken fixed ports that containers hold, whether they run or not
 * @param containers how many there are, by service
 */
public record Candidate(
    NodeId id,
    String name,
    boolean reachable,
    Set<String> tags,
    Set<HostPort> taken,
    Map<ServiceId, Integer> containers,
    int total) {

  public Candidate {
    tags = Set.copyOf(tags);
    taken = Set.copyOf(taken);
    containers = Map.copyOf(containers);
  }

  int containersOf(ServiceId service) {
    return containers.getOrDefault(service, 0);
  }

  /** The node once it has a container for this need. */
  Candidate with(Need need) {
    var counted = new HashMap<>(containers);
    counted.merge(need.service(), 1, Integer::sum);
    var ports = taken;
    if (!need.ports().isEmpty()) {
      ports = new HashSet<>(taken);
      ports.addAll(need.ports());
    }
    return new Candidate(id, name, reachable, tags, ports, counted, total + 1);
  }
}
