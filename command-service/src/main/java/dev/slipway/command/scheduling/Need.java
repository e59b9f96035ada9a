package dev.slipway.command.scheduling;

import dev.slipway.model.service.ServiceId;
import java.util.Set;

/**
 * What one container asks of a node.
 *
 * @param tags all of which the node must carry
 * @param ports fixed ones on the node, none of which another container may hold
 */
public record Need(ServiceId service, Set<String> tags, Set<HostPort> ports) {

  public Need {
    tags = Set.copyOf(tags);
    ports = Set.copyOf(ports);
  }
}
