package dev.slipway.agent.engine;

import com.github.dockerjava.api.command.HealthState;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.InternetProtocol;
import com.github.dockerjava.api.model.Ports;
import dev.slipway.agent.engine.Found.End;
import dev.slipway.agent.engine.Found.Restarts;
import dev.slipway.agent.engine.Found.State;
import dev.slipway.docker.Agreed;
import dev.slipway.model.Secret;
import dev.slipway.model.container.ContainerHealth;
import dev.slipway.model.container.ImageFacts;
import dev.slipway.model.container.PublishedPort;
import dev.slipway.model.node.NodeFacts;
import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.PortSpec;
import dev.slipway.model.service.PortSpec.Protocol;
import dev.slipway.model.wire.Wire;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Puts what the Engine answers into our words. */
final class EngineAnswers {

  private static final int MAX_OUTPUT_CHARACTERS = 200;

  private EngineAnswers() {}

  static Found found(Found.Labels labels, InspectContainerResponse inspected) {
    var state = inspected.getState();
    var how = how(state);
    return new Found(
        labels,
        inspected.getId(),
        how,
        how == State.RUNNING ? address(inspected) : null,
        how == State.RUNNING ? ports(inspected.getNetworkSettings().getPorts()) : List.of(),
        how == State.EXITED ? end(state) : null,
        how == State.RUNNING ? restarts(inspected) : null,
        time(state.getStartedAt()),
        how == State.RUNNING ? health(state.getHealth()) : null,
        Boolean.TRUE.equals(state.getPaused()),
        how == State.RUNNING ? gateway(inspected) : null);
  }

  /** Null for the year 1, by which the Engine says that it never happened. */
  private static @Nullable Instant time(@Nullable String text) {
    return text == null || text.startsWith("0001-") ? null : Instant.parse(text);
  }

  private static @Nullable ContainerHealth health(@Nullable HealthState health) {
    return switch (health == null ? "" : String.valueOf(health.getStatus())) {
      case "starting" -> new ContainerHealth(ContainerHealth.Status.STARTING, null);
      case "healthy" -> new ContainerHealth(ContainerHealth.Status.HEALTHY, null);
      case "unhealthy" -> new ContainerHealth(ContainerHealth.Status.UNHEALTHY, lastOutput(health));
      default -> null;
    };
  }

  private static @Nullable String lastOutput(@Nullable HealthState health) {
    var log = health == null ? null : health.getLog();
    if (log == null || log.isEmpty()) {
      return null;
    }
    var output = String.valueOf(log.getLast().getOutput()).strip();
    return output.length() <= MAX_OUTPUT_CHARACTERS
        ? output
        : output.substring(0, MAX_OUTPUT_CHARACTERS) + "…";
  }

  static NodeFacts.Engine facts(Agreed agreed, Info info) {
    var security = Objects.requireNonNullElse(info.getSecurityOptions(), List.<String>of());
    return new NodeFacts.Engine(
        agreed.engine().product(),
        agreed.version().toString(),
        info.getOperatingSystem(),
        info.getDriver(),
        info.getCGroupVersion(),
        security.stream().anyMatch(option -> option.startsWith("name=rootless")));
  }

  private static State how(InspectContainerResponse.ContainerState state) {
    if (Boolean.TRUE.equals(state.getRunning()) || Boolean.TRUE.equals(state.getRestarting())) {
      return State.RUNNING;
    }
    return switch (String.valueOf(state.getStatus())) {
      case "created" -> State.CREATED;
      case "removing" -> State.BEING_REMOVED;
      default -> State.EXITED;
    };
  }

  private static @Nullable Restarts restarts(InspectContainerResponse inspected) {
    int times = Objects.requireNonNullElse(inspected.getRestartCount(), 0);
    var state = inspected.getState();
    var started = state.getStartedAt();
    if (Boolean.TRUE.equals(state.getRestarting())) {
      return new Restarts(times, null, end(state));
    }
    return times == 0 || started == null ? null : new Restarts(times, Instant.parse(started), null);
  }

  static Image image(InspectImageResponse inspected) {
    var config = inspected.getConfig();
    return new Image(
        String.valueOf(inspected.getId()),
        config == null
            ? new ImageFacts(List.of(), List.of())
            : new ImageFacts(
                environment(config.getEnv()),
                stream(config.getExposedPorts()).map(EngineAnswers::exposed).toList()),
        config == null || config.getVolumes() == null ? Set.of() : config.getVolumes().keySet());
  }

  private static List<EnvironmentVariable> environment(String @Nullable [] variables) {
    return stream(variables)
        .map(variable -> variable.split("=", 2))
        .map(v -> new EnvironmentVariable(v[0], new Secret(v.length > 1 ? v[1] : "")))
        .toList();
  }

  private static PortSpec exposed(ExposedPort port) {
    return new PortSpec(protocol(port), port.getPort(), null, false);
  }

  private static Protocol protocol(ExposedPort port) {
    return port.getProtocol() == InternetProtocol.UDP ? Protocol.UDP : Protocol.TCP;
  }

  private static <T> Stream<T> stream(T @Nullable [] values) {
    return values == null ? Stream.empty() : Arrays.stream(values);
  }

  private static End end(InspectContainerResponse.ContainerState state) {
    var error = state.getError();
    var exitCode = state.getExitCodeLong();
    return new End(
        exitCode == null ? null : exitCode.intValue(),
        Boolean.TRUE.equals(state.getOOMKilled()),
        error == null || error.isEmpty() ? null : error,
        Objects.requireNonNullElseGet(time(state.getFinishedAt()), Instant::now));
  }

  private static @Nullable String address(InspectContainerResponse inspected) {
    return ofNetwork(inspected, ContainerNetwork::getIpAddress);
  }

  private static @Nullable String gateway(InspectContainerResponse inspected) {
    return ofNetwork(inspected, ContainerNetwork::getGateway);
  }

  private static @Nullable String ofNetwork(
      InspectContainerResponse inspected, Function<ContainerNetwork, @Nullable String> what) {
    return inspected.getNetworkSettings().getNetworks().values().stream()
        .map(what)
        .filter(address -> address != null && !address.isEmpty())
        .findFirst()
        .orElse(null);
  }

  private static List<PublishedPort> ports(@Nullable Ports ports) {
    return ports == null
        ? List.of()
        : ports.getBindings().entrySet().stream()
            .flatMap(EngineAnswers::published)
            .distinct()
            .sorted(
                Comparator.comparingInt(PublishedPort::innerPort)
                    .thenComparing(PublishedPort::protocol)
                    .thenComparingInt(PublishedPort::outerPort))
            .toList();
  }

  private static Stream<PublishedPort> published(
      Map.Entry<ExposedPort, Ports.Binding @Nullable []> port) {
    return stream(port.getValue())
        .map(
            binding ->
                new PublishedPort(
                    protocol(port.getKey()),
                    port.getKey().getPort(),
                    Integer.parseInt(binding.getHostPortSpec())));
  }

  /** The Engine writes its reason as the message of a JSON object. */
  static String reason(DockerException refused) {
    var text = String.valueOf(refused.getMessage()).strip();
    int json = text.indexOf('{');
    if (json >= 0) {
      try {
        return Wire.MAPPER.readTree(text.substring(json)).path("message").asString(text);
      } catch (JacksonException notJson) {
        return text;
      }
    }
    return text;
  }
}
