package dev.slipway.agent.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.NodeId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Finds the containers of a Docker Engine by what nobody can change: the label that holds the
 * container's uuid, and the id that the Engine gave it. {@code docker rename} changes names.
 */
final class DockerContainers {

  private final DockerClient docker;

  /** Engine ids by container, so that a look costs one call. */
  private final Map<ContainerId, String> engineIds = new ConcurrentHashMap<>();

  DockerContainers(DockerClient docker) {
    this.docker = docker;
  }

  void created(ContainerId container, String engineId) {
    engineIds.put(container, engineId);
  }

  Optional<Found> find(NodeId node, ContainerId container) {
    var known = engineIds.get(container);
    if (known != null) {
      var found = found(known);
      if (found.isPresent()) {
        return found.filter(one -> one.labels().node().equals(node));
      }
      engineIds.remove(container, known);
    }
    var found =
        listed(Map.of(Found.Labels.NODE, node.value(), Found.Labels.CONTAINER, container.value()))
            .flatMap(one -> found(one.getId()).stream())
            .findFirst();
    found.ifPresent(one -> engineIds.put(container, one.engineId()));
    return found;
  }

  List<Found> list(NodeId node) {
    return listed(Map.of(Found.Labels.NODE, node.value()))
        .flatMap(container -> found(container.getId()).stream())
        .toList();
  }

  /** The oldest first. */
  private Stream<Container> listed(Map<String, String> labels) {
    return docker.listContainersCmd().withShowAll(true).withLabelFilter(labels).exec().stream()
        .sorted(Comparator.comparing(Container::getCreated));
  }

  private Optional<Found> found(String engineId) {
    return inspect(engineId)
        .flatMap(
            inspected ->
                Found.Labels.read(inspected.getConfig().getLabels())
                    .map(labels -> EngineAnswers.found(labels, inspected)));
  }

  /** Empty if the Engine has no such container. */
  Optional<InspectContainerResponse> inspect(String engineId) {
    try {
      return Optional.of(docker.inspectContainerCmd(engineId).exec());
    } catch (NotFoundException missing) {
      return Optional.empty();
    }
  }

  /**
   * Starts a container. If somebody has removed its network, it starts in a new one of that name.
   *
   * @throws EngineRefused if the Engine has the container and does not find something else
   */
  void start(String engineId, DockerNetworks networks) {
    try {
      docker.startContainerCmd(engineId).exec();
    } catch (NotFoundException missing) {
      var inspected = inspect(engineId);
      if (inspected.isEmpty()) {
        return; // the next look finds that it is gone
      }
      if (!networks.restore(inspected.get())) {
        throw new EngineRefused(EngineAnswers.reason(missing));
      }
      startAgain(engineId);
    }
  }

  /** What is missing now is missing for good: it is not taken for a container that is gone. */
  private void startAgain(String engineId) {
    try {
      docker.startContainerCmd(engineId).exec();
    } catch (NotFoundException missing) {
      throw new EngineRefused(EngineAnswers.reason(missing));
    }
  }
}
