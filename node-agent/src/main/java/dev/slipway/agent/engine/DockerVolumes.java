package dev.slipway.agent.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.VolumesFrom;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.Binding;
import dev.slipway.model.service.ServiceId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The volumes of a Docker Engine. */
final class DockerVolumes {

  private static final Logger LOG = LoggerFactory.getLogger(DockerVolumes.class);

  private final DockerClient docker;

  DockerVolumes(DockerClient docker) {
    this.docker = docker;
  }

  /** The containers whose volumes the one that is to be made shares. */
  List<VolumesFrom> sources(NodeId node, Assignment assignment) {
    return assignment.spec().definition().get(Attributes.BINDINGS).stream()
        .flatMap(binding -> source(node, assignment, binding).stream())
        .toList();
  }

  private Optional<VolumesFrom> source(NodeId node, Assignment assignment, Binding binding) {
    return Optional.ofNullable(binding.volumesFrom())
        .map(service -> beside(node, service, assignment.spec().slot()))
        .map(
            container ->
                new VolumesFrom(
                    container.getId(), binding.rewritable() ? AccessMode.rw : AccessMode.ro));
  }

  /** The other service's container of the same slot, or the first where it has fewer. */
  private Container beside(NodeId node, ServiceId service, int slot) {
    var all =
        docker
            .listContainersCmd()
            .withShowAll(true)
            .withLabelFilter(
                Map.of(Found.Labels.NODE, node.value(), Found.Labels.SERVICE, service.value()))
            .exec();
    return all.stream()
        .filter(container -> slot(container) == slot)
        .findFirst()
        .or(() -> all.stream().min(Comparator.comparingInt(DockerVolumes::slot)))
        .orElseThrow(
            () ->
                new SourceMissing(
                    "volumes_from: there is no container of service %s on this node"
                        .formatted(service.value())));
  }

  private static int slot(Container container) {
    return Integer.parseInt(container.getLabels().getOrDefault(Found.Labels.SLOT, "0"));
  }

  /**
   * Removes what the container and those before it in its slot have kept.
   *
   * @return whether none of it is left
   */
  boolean erase(Assignment assignment) {
    var ofTheService = Found.Labels.SERVICE + "=" + assignment.service().value();
    @Nullable List<InspectVolumeResponse> volumes =
        docker.listVolumesCmd().withFilter("label", List.of(ofTheService)).exec().getVolumes();
    return Objects.requireNonNullElse(volumes, List.<InspectVolumeResponse>of()).stream()
        .filter(volume -> volume.getLabels() != null)
        .filter(volume -> OwnVolumes.wereOf(assignment, volume.getLabels()))
        .map(volume -> remove(volume.getName()))
        .reduce(true, Boolean::logicalAnd);
  }

  private boolean remove(String name) {
    try {
      var _ = docker.removeVolumeCmd(name).exec();
    } catch (NotFoundException gone) {
      LOG.debug("Volume {} is gone already", name);
    } catch (ConflictException inUse) {
      LOG.warn("Volume {} stays, a container still uses it: {}", name, inUse.getMessage());
      return false;
    }
    return true;
  }
}
