package dev.slipway.agent.engine;

import static dev.slipway.agent.engine.EngineCalls.asked;
import static dev.slipway.agent.engine.EngineCalls.run;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.NodeFacts.Capacity;
import dev.slipway.model.node.NodeId;
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

  private static final String API_VERSION = "1.41";
  private static final Duration LONGEST_CALL = Duration.ofSeconds(30);
  private static final Duration LONGEST_PULL = Duration.ofMinutes(10);
  private static final int CONNECTIONS = 512;

  private final DockerClient docker;
  private final DockerClient streams;
  private final EngineHost host;
  private final DockerContainers containers;
  private final DockerVolumes volumes;
  private final DockerNetworks networks;
  private final DockerChecks checks;
  private final EngineDefaults defaults;

  public DockerEngine(@Nullable String dockerHost, String publishAddress) {
    this(
        dockerHost,
        new EngineDefaults(
            publishAddress,
            EngineDefaults.SAFE.processes(),
            EngineDefaults.SAFE.logSize(),
            EngineDefaults.SAFE.logFiles(),
            null));
  }

  public DockerEngine(@Nullable String dockerHost, EngineDefaults defaults) {
    this.defaults = defaults;
    var config = config(dockerHost);
    this.docker = client(config, LONGEST_CALL);
    this.streams = client(config, Duration.ZERO);
    this.host = new EngineHost(docker, config.getDockerHost(), defaults.hostRoot());
    this.containers = new DockerContainers(docker);
    this.volumes = new DockerVolumes(docker);
    this.networks = new DockerNetworks(docker);
    this.checks = new DockerChecks(docker, streams);
  }

  private static DefaultDockerClientConfig config(@Nullable String dockerHost) {
    var builder =
        DefaultDockerClientConfig.createDefaultConfigBuilder().withApiVersion(API_VERSION);
    return dockerHost == null ? builder.build() : builder.withDockerHost(dockerHost).build();
  }

  /** Streams are read from for as long as they last, so they have no time limit. */
  private static DockerClient client(DefaultDockerClientConfig config, Duration timeout) {
    return DockerClientImpl.getInstance(
        config,
        new ZerodepDockerHttpClient.Builder()
            .dockerHost(config.getDockerHost())
            .sslConfig(config.getSSLConfig())
            .maxConnections(CONNECTIONS)
            .connectionTimeout(Duration.ofSeconds(5))
            .responseTimeout(timeout)
            .build());
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
  public void pull(String image) {
    var _ =
        asked(
            () ->
                streams.pullImageCmd(image).exec(new EngineStreams.Pull(image)).done(LONGEST_PULL));
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
                    : networks.within(node, spec.namespace(), () -> made(node, real, image)));
    containers.created(assignment.container(), engineId);
    return engineId;
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
  }

  @Override
  public AutoCloseable watch(NodeId node, Watcher watcher) {
    return streams
        .eventsCmd()
        .withLabelFilter(Map.of(Found.Labels.NODE, node.value()))
        .withEventFilter("start", "die", "destroy", "unpause")
        .exec(new EngineStreams.Events(watcher));
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
  public void close() throws Exception {
    docker.close();
    streams.close();
  }
}
