package dev.slipway.agent.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network;
import dev.slipway.model.Namespace;
import dev.slipway.model.node.NodeId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The addresses that the host has in the networks of a node. */
record NetworkGateways(DockerClient docker) {

  /** In the namespace's network, empty if it has none there or the network is gone. */
  Optional<String> of(NodeId node, Namespace namespace) {
    var name = DockerNetworks.name(node, namespace);
    try {
      return of(docker.inspectNetworkCmd().withNetworkId(name).exec());
    } catch (NotFoundException removed) {
      return Optional.empty();
    }
  }

  /** In all networks of the node. */
  List<String> all(NodeId node) {
    var ofTheNode = Found.Labels.NODE + "=" + node.value();
    return docker.listNetworksCmd().withFilter("label", List.of(ofTheNode)).exec().stream()
        .flatMap(network -> of(network).stream())
        .toList();
  }

  private static Optional<String> of(Network network) {
    var configured = network.getIpam() == null ? null : network.getIpam().getConfig();
    return configured == null
        ? Optional.empty()
        : configured.stream()
            .map(Network.Ipam.Config::getGateway)
            .filter(Objects::nonNull)
            .map(Objects::requireNonNull)
            .filter(gateway -> gateway.indexOf(':') < 0)
            .findFirst();
  }
}
