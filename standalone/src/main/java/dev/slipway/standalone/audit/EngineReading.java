package dev.slipway.standalone.audit;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.model.Container;
import dev.slipway.docker.EngineConnection;
import dev.slipway.docker.EngineUnusable;
import dev.slipway.docker.discovery.EngineFinder;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Looks at what an Engine has of Slipway's, past every agent. */
public final class EngineReading implements EngineContents, AutoCloseable {

  private static final String SERVICE = "dev.slipway.service";
  private static final String CONTAINER = "dev.slipway.container";

  private final String host;
  private final EngineConnection connection;
  private final DockerClient docker;

  /**
   * @param host as in DOCKER_HOST; null for the Engine that other tools of Docker would use
   */
  public EngineReading(@Nullable String host) {
    var address = EngineFinder.find(host, "--engine").address();
    this.host = address.toString();
    this.connection = EngineConnection.at(address);
    this.docker = connection.calls();
  }

  @Override
  public List<OnEngine> containers() {
    try {
      return docker
          .listContainersCmd()
          .withShowAll(true)
          .withLabelFilter(List.of(CONTAINER))
          .exec()
          .stream()
          .map(this::read)
          .toList();
    } catch (RuntimeException failure) {
      throw cannot(failure);
    }
  }

  @Override
  public List<KeptVolume> volumes() {
    try {
      var volumes = docker.listVolumesCmd().withFilter("label", List.of(SERVICE)).exec();
      return Objects.requireNonNullElse(volumes.getVolumes(), List.<InspectVolumeResponse>of())
          .stream()
          .map(
              volume ->
                  new KeptVolume(
                      host,
                      volume.getName(),
                      new ServiceId(volume.getLabels().getOrDefault(SERVICE, ""))))
          .toList();
    } catch (RuntimeException failure) {
      throw cannot(failure);
    }
  }

  private CannotAudit cannot(RuntimeException failure) {
    return new CannotAudit(
        failure instanceof EngineUnusable unusable
            ? "the Docker Engine at %s %s".formatted(host, unusable.reason())
            : "the Docker Engine at %s: %s".formatted(host, failure.getMessage()));
  }

  private OnEngine read(Container found) {
    var labels = Objects.requireNonNullElse(found.getLabels(), Map.<String, String>of());
    return new OnEngine(
        host,
        found.getId(),
        String.join(" ", Objects.requireNonNullElse(found.getNames(), new String[0])),
        new ServiceId(labels.getOrDefault(SERVICE, "")),
        new ContainerId(labels.getOrDefault(CONTAINER, "")),
        new NodeId(labels.getOrDefault("dev.slipway.node", "")),
        labels.getOrDefault("dev.slipway.slot", ""),
        List.of("running", "restarting", "paused").contains(found.getState()));
  }

  @Override
  public void close() {
    connection.close();
  }
}
