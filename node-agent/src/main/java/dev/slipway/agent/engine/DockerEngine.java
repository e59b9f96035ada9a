package dev.slipway.agent.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.node.NodeFacts.Capacity;
import dev.slipway.model.node.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A real Docker Engine, through its API. */
public final class DockerEngine implements Engine, AutoCloseable {

  private static final String API_VERSION = "1.41";
  private static final Duration LONGEST_CALL = Duration.ofSeconds(30);
  private static final Duration LONGEST_PULL = Duration.ofMinutes(10);
  private static final int CONNECTIONS = 512;

  private final DockerClient docker;
  private final DockerClient streams;
  private final String publishAddress;

  public DockerEngine(@Nullable String dockerHost, String publishAddress) {
    this.publishAddress = publishAddress;
    this.docker = client(dockerHost, LONGEST_CALL);
    this.streams = client(dockerHost, Duration.ZERO);
  }

  /** Streams are read from for as long as they last, so they have no time limit. */
  private static DockerClient client(@Nullable String dockerHost, Duration timeout) {
    var builder =
        DefaultDockerClientConfig.createDefaultConfigBuilder().withApiVersion(API_VERSION);
    if (dockerHost != null) {
      builder.withDockerHost(dockerHost);
    }
    var config = builder.build();
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
          var info = docker.infoCmd().exec();
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
  public boolean hasImage(String image) {
    return asked(
        () -> {
          try {
            docker.inspectImageCmd(image).exec();
            return true;
          } catch (NotFoundException missing) {
            return false;
          }
        });
  }

  @Override
  public void pull(String image) {
    asked(
        () -> {
          try {
            boolean done =
                streams
                    .pullImageCmd(image)
                    .start()
                    .awaitCompletion(LONGEST_PULL.toSeconds(), TimeUnit.SECONDS);
            if (!done) {
              throw new EngineRefused("the image %s was not pulled in time".formatted(image));
            }
            return done;
          } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EngineUnavailable(interrupted);
          }
        });
  }

  @Override
  public String create(NodeId node, Assignment assignment) {
    return asked(
        () -> {
          var command =
              docker.createContainerCmd(
                  assignment.spec().definition().get(dev.slipway.model.attribute.Attributes.IMAGE));
          return ContainerMapping.map(command, node, assignment, publishAddress).exec().getId();
        });
  }

  @Override
  public void start(String engineId) {
    run(() -> docker.startContainerCmd(engineId).exec());
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
  public Optional<Found> find(NodeId node, String engineName) {
    return asked(
            () -> {
              try {
                return found(docker.inspectContainerCmd(engineName).exec());
              } catch (NotFoundException missing) {
                return Optional.<Found>empty();
              }
            })
        .filter(found -> found.labels().node().equals(node));
  }

  @Override
  public List<Found> list(NodeId node) {
    return asked(
            () ->
                docker
                    .listContainersCmd()
                    .withShowAll(true)
                    .withLabelFilter(Map.of(Found.Labels.NODE, node.value()))
                    .exec())
        .stream()
        .flatMap(container -> find(node, container.getId()).stream())
        .toList();
  }

  private static Optional<Found> found(InspectContainerResponse inspected) {
    return Found.Labels.read(inspected.getConfig().getLabels())
        .map(labels -> EngineAnswers.found(labels, inspected));
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
  public AutoCloseable logs(String engineId, Instant since, LogSink sink) {
    return streams
        .logContainerCmd(engineId)
        .withStdOut(true)
        .withStdErr(true)
        .withTimestamps(true)
        .withFollowStream(true)
        .withSince((int) since.getEpochSecond())
        .exec(new EngineStreams.Logs(sink));
  }

  @Override
  public Terminal exec(String engineId, String command, int width, int height, LogSink sink) {
    return asked(
        () -> DockerTerminal.open(docker, streams, engineId, command, width, height, sink));
  }

  private static void run(Runnable call) {
    var _ =
        asked(
            () -> {
              try {
                call.run();
              } catch (NotModifiedException | NotFoundException already) {
                return true;
              }
              return true;
            });
  }

  private static <T> T asked(Supplier<T> call) {
    try {
      return call.get();
    } catch (DockerException refused) {
      throw new EngineRefused(EngineAnswers.reason(refused));
    } catch (EngineRefused | EngineUnavailable known) {
      throw known;
    } catch (RuntimeException unreachable) {
      throw new EngineUnavailable(unreachable);
    }
  }

  @Override
  public void close() throws Exception {
    docker.close();
    streams.close();
  }
}
