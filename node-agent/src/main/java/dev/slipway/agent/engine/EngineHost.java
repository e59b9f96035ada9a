package dev.slipway.agent.engine;

import static dev.slipway.agent.engine.EngineCalls.asked;

import com.github.dockerjava.api.model.Info;
import dev.slipway.docker.EngineConnection;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.container.ContainerSpec;
import dev.slipway.model.service.ServiceDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The host of an Engine, as far as the agent sees it. */
final class EngineHost {

  /** What Docker puts into containers. */
  private static final Path IN_A_CONTAINER = Path.of("/.dockerenv");

  private static final Duration KEPT = Duration.ofMinutes(1);

  private final EngineConnection connection;
  private final @Nullable String root;

  private @Nullable Info info;
  private long toldAt;
  private int toldBy;

  /**
   * @param root where the agent has the host's files, null if it has no others
   */
  EngineHost(EngineConnection connection, @Nullable String root) {
    this.connection = connection;
    this.root = root;
  }

  /**
   * The definition with its bindings where they really lead.
   *
   * @throws EngineRefused if one leads where it must not, or this cannot be told
   */
  ServiceDefinition real(ContainerSpec spec) {
    boolean bindsTheHost =
        spec.definition().get(Attributes.BINDINGS).stream()
            .anyMatch(binding -> binding.hostPath() != null);
    return bindsTheHost ? paths().real(spec) : spec.definition();
  }

  /**
   * What the Engine told of itself at most a minute ago, if it answers now: it starts two programs
   * to tell it, and little of it ever changes.
   */
  synchronized Info info() {
    var known = info;
    var docker = connection.calls();
    if (known != null && System.nanoTime() - toldAt < KEPT.toNanos()) {
      var _ = docker.pingCmd().exec();
      if (connection.version().number() == toldBy) {
        return known;
      }
    }
    int asked = connection.version().number();
    var told = docker.infoCmd().exec();
    info = told;
    toldAt = System.nanoTime();
    toldBy = asked;
    return told;
  }

  private HostPaths paths() {
    var data = asked(() -> Objects.toString(info().getDockerRootDir(), ""));
    if (root == null && Files.exists(IN_A_CONTAINER) && !Files.exists(Path.of(data))) {
      throw new EngineRefused(
          "host_path cannot be checked: the agent is in a container without SLIPWAY_HOST_ROOT");
    }
    var host = connection.host();
    var socket = "unix".equals(host.getScheme()) ? host.getPath() : "";
    var ofEngine = List.of(data, socket).stream().filter(path -> !path.isEmpty()).toList();
    return new HostPaths(Path.of(root == null ? "/" : root), ofEngine);
  }
}
