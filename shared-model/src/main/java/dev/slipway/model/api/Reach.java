package dev.slipway.model.api;

import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.container.Container;
import dev.slipway.model.container.PublishedPort;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.DeploymentStrategy;
import dev.slipway.model.service.PortSpec;
import dev.slipway.model.service.Service;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a container reaches those that it is linked to. On its own node that is their own address. On
 * another that is the port that is published there, or if there is none still their own address,
 * which leads there only where the hosts' networks are routed to each other.
 *
 * @param client whose links they are, null for anybody's
 * @param node the client's, null for anybody's: all are reached as if they were beside
 * @param addresses where the ports that nodes publish are reached
 */
public record Reach(
    @Nullable Service client, @Nullable NodeId node, Map<NodeId, String> addresses) {

  /** Of anybody who is beside. */
  public static final Reach BESIDE = new Reach(null, null, Map.of());

  public Reach {
    addresses = Map.copyOf(addresses);
  }

  /** Where a port is reached. */
  record Endpoint(String address, int port) {}

  /** Services that are on every node are linked node by node. */
  boolean includes(Service target, Container container) {
    return client == null
        || !isEverywhere(client)
        || !isEverywhere(target)
        || container.node().equals(node);
  }

  private static boolean isEverywhere(Service service) {
    return service.definitions().current().get(Attributes.DEPLOYMENT_STRATEGY)
        == DeploymentStrategy.EVERY_NODE;
  }

  /** Empty if the container has no address and its node's is not known. */
  Optional<Endpoint> endpoint(Container target, PortSpec port) {
    var own =
        Optional.ofNullable(target.runtime().ipAddress())
            .map(address -> new Endpoint(address, port.innerPort()));
    if (node == null || target.node().equals(node)) {
      return own;
    }
    return Optional.ofNullable(addresses.get(target.node()))
        .flatMap(address -> published(target, port).map(outer -> new Endpoint(address, outer)))
        .or(() -> own);
  }

  /** A container without an address of its own has its node's, with the same ports. */
  private static Optional<Integer> published(Container target, PortSpec port) {
    if (target.runtime().ipAddress() == null) {
      return Optional.of(port.innerPort());
    }
    return target.runtime().ports().stream()
        .filter(one -> one.innerPort() == port.innerPort() && one.protocol() == port.protocol())
        .map(PublishedPort::outerPort)
        .findFirst();
  }
}
