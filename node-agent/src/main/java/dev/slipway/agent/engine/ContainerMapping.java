package dev.slipway.agent.engine;

import static dev.slipway.model.attribute.Attributes.*;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.InternetProtocol;
import com.github.dockerjava.api.model.Link;
import com.github.dockerjava.api.model.VolumesFrom;
import dev.slipway.model.api.VariableReferences;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.ContainerSpec;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.PortSpec;
import dev.slipway.model.service.PortSpec.Protocol;
import dev.slipway.model.service.ServiceDefinition;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts every attribute that goes into a container into the Engine's words. */
final class ContainerMapping {

  private static final int LONGEST_HOST_NAME = 63;

  private ContainerMapping() {}

  /**
   * @throws EngineRefused if an attribute says nothing that an Engine understands
   */
  static CreateContainerCmd map(
      CreateContainerCmd command,
      NodeId node,
      Assignment assignment,
      Image image,
      List<VolumesFrom> sources,
      EngineDefaults defaults) {
    var spec = assignment.spec();
    var definition = spec.definition();
    process(command, definition);
    life(command, definition);
    names(command, spec);
    var labels = new HashMap<>(definition.get(LABELS));
    labels.putAll(Found.Labels.of(node, assignment));
    var host = host(definition, defaults).withMounts(OwnVolumes.mounts(assignment, image));
    if (!sources.isEmpty()) {
      host.withVolumesFrom(sources.toArray(VolumesFrom[]::new));
    }
    if (!definition.get(NET).equals("host")) {
      var _ =
          host.withNetworkMode(DockerNetworks.name(node, spec.namespace()))
              .withLinks(NetworkNames.links(spec).toArray(Link[]::new));
      command.withAliases(NetworkNames.own(assignment));
    }
    return command
        .withName(Found.engineName(spec, assignment.container()))
        .withLabels(labels)
        .withEnv(environment(spec, image))
        .withExposedPorts(
            definition.get(CONTAINER_PORTS).stream().map(ContainerMapping::exposed).toList())
        .withHostConfig(host);
  }

  private static com.github.dockerjava.api.model.HostConfig host(
      ServiceDefinition definition, EngineDefaults defaults) {
    try {
      return HostMapping.map(definition, defaults);
    } catch (IllegalArgumentException notUnderstood) {
      throw new EngineRefused(String.valueOf(notUnderstood.getMessage()));
    }
  }

  private static List<String> environment(ContainerSpec spec, Image image) {
    var users =
        spec.definition().get(CONTAINER_ENVVARS).stream().map(EnvironmentVariable::key).toList();
    try {
      return VariableReferences.resolve(spec.environment(), users, image.facts().environment())
          .stream()
          .map(v -> v.key() + "=" + v.value().reveal())
          .toList();
    } catch (IllegalArgumentException tooLong) {
      throw new EngineRefused(String.valueOf(tooLong.getMessage()));
    }
  }

  private static void process(CreateContainerCmd command, ServiceDefinition definition) {
    var run = definition.find(RUN_COMMAND);
    if (run != null && !run.isBlank()) {
      command.withCmd(CommandLine.split(run));
    }
    var entrypoint = definition.find(ENTRYPOINT);
    if (entrypoint != null && !entrypoint.isBlank()) {
      command.withEntrypoint(CommandLine.split(entrypoint));
    }
    var workingDir = definition.find(WORKING_DIR);
    if (workingDir != null) {
      command.withWorkingDir(workingDir);
    }
    var user = definition.find(USER);
    if (user != null) {
      command.withUser(user);
    }
    command.withTty(definition.get(TTY)).withStdinOpen(definition.get(STDIN_OPEN));
  }

  /** How the Engine tells that the container is well, and how it ends it. */
  private static void life(CreateContainerCmd command, ServiceDefinition definition) {
    var check = definition.find(HEALTHCHECK);
    if (check != null) {
      command.withHealthcheck(
          new HealthCheck()
              .withTest(check.test())
              .withInterval(nanoseconds(check.interval()))
              .withTimeout(nanoseconds(check.timeout()))
              .withStartPeriod(nanoseconds(check.startPeriod()))
              .withStartInterval(nanoseconds(check.startInterval()))
              .withRetries(check.retries()));
    }
    var signal = definition.find(STOP_SIGNAL);
    if (signal != null) {
      command.withStopSignal(signal);
    }
    var grace = definition.find(STOP_GRACE_PERIOD);
    if (grace != null) {
      command.withStopTimeout(grace);
    }
  }

  private static @Nullable Long nanoseconds(@Nullable Integer seconds) {
    return seconds == null ? null : Duration.ofSeconds(seconds).toNanos();
  }

  private static void names(CreateContainerCmd command, ContainerSpec spec) {
    var definition = spec.definition();
    if (definition.get(NET).equals("host")) {
      return; // the host's network comes with the host's names
    }
    command.withHostName(Objects.requireNonNullElse(definition.find(HOSTNAME), hostName(spec)));
    var domain = definition.find(DOMAINNAME);
    if (domain != null) {
      command.withDomainName(domain);
    }
    var mac = definition.find(MAC_ADDRESS);
    if (mac != null) {
      command.withMacAddress(mac);
    }
  }

  /** The kernel takes no longer one; the number at the end is what tells containers apart. */
  private static String hostName(ContainerSpec spec) {
    int length = spec.name().length();
    if (length <= LONGEST_HOST_NAME) {
      return spec.name();
    }
    var number = "-" + spec.slot();
    return spec.name().substring(0, LONGEST_HOST_NAME - number.length()) + number;
  }

  static ExposedPort exposed(PortSpec port) {
    return new ExposedPort(
        port.innerPort(),
        port.protocol() == Protocol.TCP ? InternetProtocol.TCP : InternetProtocol.UDP);
  }
}
