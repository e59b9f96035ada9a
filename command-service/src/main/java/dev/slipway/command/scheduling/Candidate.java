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
 * @param address where the ports that it publishes are reached
 * @param reachable whether its agent is heard
 * @param draining whether it is to be empty, or to stay so
 * @param taken fixed ports that containers hold, whether they run or not
 * @param containers how many there are, by service
 */
public record Candidate(
    NodeId id,
    String name,
    String address,
    boolean reachable,
    boolean draining,
    Set<String> tags,
    Set<HostPort> taken,
    Map<ServiceId, Integer> containers,
    int total) {

  public Candidate {
    tags = Set.copyOf(tags);
    taken = Set.copyOf(taken);
    containers = Map.copyOf(containers);
  }

  public int containersOf(ServiceId service) {
    return containers.getOrDefault(service, 0);
  }

  Candidate draining(boolean draining) {
    return new Candidate(id, name, address, reachable, draining, tags, taken, containers, total);
  }

  /** The node once it has a container for this need. */
  Candidate with(Need need) {
    return with(need.service(), need.ports());
  }

  /** The node with one more container. */
  public Candidate with(ServiceId service, Set<HostPort> ports) {
    var counted = new HashMap<>(containers);
    counted.merge(service, 1, Integer::sum);
    var held = taken;
    if (!ports.isEmpty()) {
      held = new HashSet<>(taken);
      held.addAll(ports);
    }
    return new Candidate(id, name, address, reachable, draining, tags, held, counted, total + 1);
  }

  /** The node once a container is gone from it. */
  public Candidate without(ServiceId service, Set<HostPort> ports) {
    var counted = new HashMap<>(containers);
    counted.computeIfPresent(service, (_, count) -> count == 1 ? null : count - 1);
    var held = new HashSet<>(taken);
    held.removeAll(ports);
    return new Candidate(id, name, address, reachable, draining, tags, held, counted, total - 1);
  }
}
