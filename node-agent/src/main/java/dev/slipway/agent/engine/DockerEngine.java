package dev.slipway.agent.engine;

import static dev.slipway.agent.engine.EngineCalls.asked;
import static dev.slipway.agent.engine.EngineCalls.run;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.slipway.docker.EngineConnection;
import dev.slipway.model.api.ApiAddress;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.NodeFacts.Capacity;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.registry.RegistryLogin;
import dev.slipway.model.service.HealthCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A real Docker Engine, through its API. */
public final class DockerEngine implements Engine, AutoCloseable {

  private static final Duration LONGEST_PULL = Duration.ofMinutes(10);

  private final EngineConnection connection;
  private final DockerClient docker;
  private final DockerClient streams;
  private final EngineHost host;
  private final DockerContainers containers;
  private final DockerVolumes volumes;
  private final DockerNetworks networks;
  private final DockerChecks checks;
  private final EngineDefaults defaults;
  private final NetworkGateways gateways;
  private final @Nullable ApiRelay relay;

  public DockerEngine(@Nullable String dockerHost, String publishAddress) {
    this(
        EngineConnection.to(dockerHost),
        new EngineDefaults(
            publishAddress,
            EngineDefaults.SAFE.processes(),
            EngineDefaults.SAFE.logSize(),
            EngineDefaults.SAFE.logFiles(),
            null));
  }

  /**
   * @param connection closed together with the Engine
   */
  public DockerEngine(EngineConnection connection, EngineDefaults defaults) {
    this.defaults = defaults;
    this.connection = connection;
    this.docker = connection.calls();
    this.streams = connection.streams();
    this.host = new EngineHost(connection, defaults.hostRoot());
    this.containers = new DockerContainers(docker);
    this.volumes = new DockerVolumes(docker);
    this.networks = new DockerNetworks(connection);
    this.gateways = new NetworkGateways(docker);
    this.relay = ApiRelay.to(defaults.apiUrl());
    this.checks = new DockerChecks(docker, streams);
  }

  @Override
  public About about() {
    return asked(
        () -> {
          var info = host.info();
          return new About(
              String.valueOf(info.getServerVersion()),
              new Capacity(
                  Objects.requireNonNullElse(info.getNCPU(), 0),
                  Objects.requireNonNullElse(info.getMemTotal(), 0L) / (1024 * 1024),
                  freeDiskMb()),
              EngineAnswers.facts(connection.version(), info),
              false);
        });
  }

  private static long freeDiskMb() {
    return new java.io.File("/").getTotalSpace() / (1024 * 1024);
  }

  @Override
  public Optional<Image> image(String name) {
    return asked(
        () -> {
          try {
            return Optional.of(EngineAnswers.image(docker.inspectImageCmd(name).exec()));
          } catch (NotFoundException missing) {
            return Optional.<Image>empty();
          }
        });
  }

  @Override
  public void pull(String image, @Nullable RegistryLogin login, Duration toFirstAnswer) {
    var command = streams.pullImageCmd(image);
    if (login != null) {
      var _ = command.withAuthConfig(RegistryAuth.of(login));
    }
    try {
      var _ =
          asked(
              () -> command.exec(new EngineStreams.Pull(image)).done(toFirstAnswer, LONGEST_PULL));
    } catch (EngineRefused refused) {
      throw PullFailure.of(image, login, refused.reason());
    }
  }

  @Override
  public String create(NodeId node, Assignment assignment, Image image) {
    var spec = assignment.spec();
    var real = assignment.with(spec.with(host.real(spec)));
    var engineId =
        asked(
            () ->
                spec.definition().get(Attributes.NET).equals("host")
                    ? made(node, real, image)
                    : networks.within(
                        node, spec.namespace(), () -> made(node, within(node, real), image)));
    containers.created(assignment.container(), engineId);
    return engineId;
  }

  /** With addresses that are reached from within the namespace's network. */
  private Assignment within(NodeId node, Assignment assignment) {
    var spec = assignment.spec();
    var gateway =
        gateways
            .of(node, spec.namespace())
            .or(
                () -> {
                  networks.makeAgain(node, spec.namespace());
                  return gateways.of(node, spec.namespace());
                })
            .orElse(null);
    if (gateway == null) {
      return assignment;
    }
    if (relay != null) {
      relay.open(gateway);
    }
    return assignment.with(spec.withEnvironment(ApiAddress.reachable(spec.environment(), gateway)));
  }

  private String made(NodeId node, Assignment assignment, Image image) {
    var command = docker.createContainerCmd(assignment.spec().definition().get(Attributes.IMAGE));
    var sources = volumes.sources(node, assignment);
    try {
      return ContainerMapping.map(command, node, assignment, image, sources, defaults)
          .exec()
          .getId();
    } catch (ConflictException taken) {
      throw new NameInUse(EngineAnswers.reason(taken));
    }
  }

  @Override
  public void start(String engineId) {
    run(() -> containers.start(engineId, networks));
  }

  @Override
  public void stop(String engineId, Duration patience) {
    run(() -> streams.stopContainerCmd(engineId).withTimeout((int) patience.toSeconds()).exec());
  }

  @Override
  public void remove(String engineId) {
    run(() -> docker.removeContainerCmd(engineId).withForce(true).withRemoveVolumes(true).exec());
  }

  @Override
  public boolean eraseVolumes(Assignment assignment) {
    return asked(() -> volumes.erase(assignment));
  }

  @Override
  public Optional<Found> find(NodeId node, ContainerId container) {
    return asked(() -> containers.find(node, container));
  }

  @Override
  public List<Found> list(NodeId node) {
    return asked(() -> containers.list(node));
  }

  @Override
  public void tidy(NodeId node, Duration unneeded) {
    run(() -> networks.removeEmpty(node, unneeded));
    if (relay != null && !unneeded.isZero()) {
      run(() -> gateways.all(node).forEach(relay::open));
    }
  }

  @Override
  public AutoCloseable watch(NodeId node, Watcher watcher) {
    return streams
        .eventsCmd()
        .withLabelFilter(Map.of(Found.Labels.NODE, node.value()))
        .withEventFilter("start", "die", "destroy", "pause", "unpause", "health_status")
        .exec(new EngineStreams.Events(watcher, connection::lost));
  }

  @Override
  public AutoCloseable logs(String engineId, Instant since, boolean follow, LogSink sink) {
    return streams
        .logContainerCmd(engineId)
        .withStdOut(true)
        .withStdErr(true)
        .withTimestamps(true)
        .withFollowStream(follow)
        .withSince((int) since.getEpochSecond())
        .exec(new EngineStreams.Logs(sink));
  }

  @Override
  public Terminal exec(String engineId, String command, int width, int height, LogSink sink) {
    return asked(
        () -> DockerTerminal.open(docker, streams, engineId, command, width, height, sink));
  }

  @Override
  public Optional<String> problem(Found found, HealthCheck check, String net) {
    return asked(() -> checks.problem(found, check, net));
  }

  @Override
  public int connection() {
    return asked(() -> connection.version().number());
  }

  @Override
  public void close() {
    if (relay != null) {
      relay.close();
    }
    connection.close();
  }
}
