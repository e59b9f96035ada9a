package dev.slipway.agent.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.Network;
import dev.slipway.docker.EngineConnection;
import dev.slipway.model.Namespace;
import dev.slipway.model.Uuids;
import dev.slipway.model.node.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The networks of a node: one for each namespace that has containers there, in which these find
 * each other by name and no others are.
 */
final class DockerNetworks {

  private static final Logger LOG = LoggerFactory.getLogger(DockerNetworks.class);
  private static final String NAMESPACE = "dev.slipway.namespace";

  private final EngineConnection connection;
  private final DockerClient docker;
  private final Set<String> made = ConcurrentHashMap.newKeySet();
  private final Map<String, Long> emptySince = new ConcurrentHashMap<>();
  private volatile int madeOn;

  /** Who makes a container in a network reads; who removes networks that are empty writes. */
  private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();

  DockerNetworks(EngineConnection connection) {
    this.connection = connection;
    this.docker = connection.calls();
  }

  /** Nodes may share an Engine, and installs may have namespaces of one name. */
  static String name(NodeId node, Namespace namespace) {
    return "slipway.%s.%s".formatted(namespace.value(), Uuids.shortForm(node.value()));
  }

  /** Makes a container while its network is there and stays. */
  <T> T within(NodeId node, Namespace namespace, Supplier<T> creation) {
    use.readLock().lock();
    try {
      ensure(node, namespace);
      return creation.get();
    } finally {
      use.readLock().unlock();
    }
  }

  /** Makes the namespace's network if somebody has removed it. */
  void makeAgain(NodeId node, Namespace namespace) {
    made.remove(name(node, namespace));
    ensure(node, namespace);
  }

  private void ensure(NodeId node, Namespace namespace) {
    var name = name(node, namespace);
    forgetThoseOfAnotherConnection();
    if (made.contains(name)) {
      return;
    }
    synchronized (made) {
      if (!isThere(name)) {
        create(name, node, namespace);
      }
      made.add(name);
    }
  }

  /** Another Engine may answer now, which has none of them. */
  private void forgetThoseOfAnotherConnection() {
    int now = connection.version().number();
    if (now != madeOn) {
      synchronized (made) {
        if (now != madeOn) {
          made.clear();
          madeOn = now;
        }
      }
    }
  }

  private boolean isThere(String name) {
    return docker.listNetworksCmd().withNameFilter(name).exec().stream()
        .anyMatch(network -> network.getName().equals(name));
  }

  private void create(String name, NodeId node, Namespace namespace) {
    try {
      var _ =
          docker
              .createNetworkCmd()
              .withName(name)
              .withDriver("bridge")
              .withCheckDuplicate(true)
              .withLabels(Map.of(Found.Labels.NODE, node.value(), NAMESPACE, namespace.value()))
              .exec();
    } catch (ConflictException already) {
      LOG.debug("Network {} is there already", name);
    }
  }

  /**
   * Makes the container's network again if somebody has removed it, and puts the container there.
   *
   * @return false if the container is in no network of ours
   */
  boolean restore(InspectContainerResponse container) {
    var labels = Objects.requireNonNullElse(container.getConfig().getLabels(), Map.of());
    var nodeId = labels.get(Found.Labels.NODE);
    var namespace = labels.get(NAMESPACE);
    var mode = container.getHostConfig() == null ? "" : container.getHostConfig().getNetworkMode();
    if (nodeId == null || namespace == null) {
      return false;
    }
    var node = new NodeId(String.valueOf(nodeId));
    var name = name(node, new Namespace(String.valueOf(namespace)));
    if (!name.equals(mode)) {
      return false;
    }
    made.remove(name);
    return within(
        node, new Namespace(String.valueOf(namespace)), () -> reconnected(container, name));
  }

  /** A container knows its network by the Engine's id of it, which is another one now. */
  private boolean reconnected(InspectContainerResponse container, String name) {
    var before = container.getNetworkSettings().getNetworks().get(name);
    if (before != null) {
      docker
          .disconnectFromNetworkCmd()
          .withContainerId(container.getId())
          .withNetworkId(name)
          .withForce(true)
          .exec();
    }
    var again = new ContainerNetwork();
    if (before != null) {
      again.withAliases(before.getAliases()).withLinks(before.getLinks());
    }
    docker
        .connectToNetworkCmd()
        .withContainerId(container.getId())
        .withNetworkId(name)
        .withContainerNetwork(again)
        .exec();
    return true;
  }

  /**
   * Removes those of the node that no container is in any more.
   *
   * @param empty for how long they must have been found so
   */
  void removeEmpty(NodeId node, Duration empty) {
    var ofTheNode = Found.Labels.NODE + "=" + node.value();
    for (var network : docker.listNetworksCmd().withFilter("label", List.of(ofTheNode)).exec()) {
      use.writeLock().lock();
      try {
        if (isEmptyFor(network, empty)) {
          made.remove(network.getName());
          remove(network);
        }
      } finally {
        use.writeLock().unlock();
      }
    }
  }

  private boolean isEmptyFor(Network network, Duration empty) {
    if (!isEmpty(network)) {
      emptySince.remove(network.getId());
      return false;
    }
    long now = System.nanoTime();
    return now - emptySince.computeIfAbsent(network.getId(), _ -> now) >= empty.toNanos();
  }

  /** Containers that do not run count too. */
  private boolean isEmpty(Network network) {
    return docker
        .listContainersCmd()
        .withShowAll(true)
        .withNetworkFilter(List.of(network.getName()))
        .exec()
        .isEmpty();
  }

  private void remove(Network network) {
    try {
      var _ = docker.removeNetworkCmd(network.getId()).exec();
      emptySince.remove(network.getId());
    } catch (NotFoundException gone) {
      LOG.debug("Network {} is gone already", network.getName());
    } catch (DockerException inUse) {
      LOG.warn("Network {} stays: {}", network.getName(), EngineAnswers.reason(inUse));
    }
  }
}
