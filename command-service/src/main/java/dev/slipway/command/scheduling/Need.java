package dev.slipway.command.scheduling;

import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceId;
import java.util.List;
import java.util.Set;

/**
 * What one container asks of a node.
 *
 * @param tags all of which the node must carry
 * @param ports fixed ones on the node, none of which another container may hold
 * @param alone whether the node may have no other container of the service
 * @param bonds each of which must be met
 */
public record Need(
    ServiceId service, Set<String> tags, Set<HostPort> ports, boolean alone, List<Bond> bonds) {

  public Need {
    tags = Set.copyOf(tags);
    ports = Set.copyOf(ports);
    bonds = List.copyOf(bonds);
  }

  public Need(ServiceId service, Set<String> tags, Set<HostPort> ports) {
    this(service, tags, ports, false, List.of());
  }

  /**
   * Something that is on some nodes only.
   *
   * @param to what it is, in words
   * @param nodes that have it, none if nothing has it
   */
  public record Bond(String to, Set<NodeId> nodes) {

    public Bond {
      nodes = Set.copyOf(nodes);
    }
  }
}
