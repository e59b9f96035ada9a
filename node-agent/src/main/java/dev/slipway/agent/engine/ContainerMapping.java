package dev.slipway.agent.engine;

import static dev.slipway.model.attribute.Attributes.*;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Device;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.InternetProtocol;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.Volume;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.ContainerSpec;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.AutoRestart;
import dev.slipway.model.service.Binding;
import dev.slipway.model.service.PortSpec;
import dev.slipway.model.service.PortSpec.Protocol;
import dev.slipway.model.service.ServiceDefinition;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Puts every attribute that goes into a container into the Engine's words. */
final class ContainerMapping {

  private static final long MB = 1024L * 1024L;
  private static final long MOST_PROCESSES = 4096;

  private ContainerMapping() {}

  static CreateContainerCmd map(
      CreateContainerCmd command, NodeId node, Assignment assignment, String publishAddress) {
    var spec = assignment.spec();
    var definition = spec.definition();
    process(command, definition);
    names(command, spec);
    var labels = new java.util.HashMap<>(definition.get(LABELS));
    labels.putAll(Found.Labels.of(node, assignment));
    return command
        .withName(Found.engineName(spec.name(), assignment.container()))
        .withLabels(labels)
        .withEnv(spec.environment().stream().map(v -> v.key() + "=" + v.value().reveal()).toList())
        .withExposedPorts(
            definition.get(CONTAINER_PORTS).stream().map(ContainerMapping::exposed).toList())
        .withHostConfig(host(definition, publishAddress));
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

  private static void names(CreateContainerCmd command, ContainerSpec spec) {
    var definition = spec.definition();
    if (definition.get(NET).equals("host")) {
      return; // the host's network comes with the host's names
    }
    command.withHostName(Objects.requireNonNullElse(definition.find(HOSTNAME), spec.name()));
    var domain = definition.find(DOMAINNAME);
    if (domain != null) {
      command.withDomainName(domain);
    }
    var mac = definition.find(MAC_ADDRESS);
    if (mac != null) {
      command.withMacAddress(mac);
    }
  }

  private static HostConfig host(ServiceDefinition definition, String publishAddress) {
    var host =
        new HostConfig()
            .withInit(true)
            .withNetworkMode(definition.get(NET))
            .withPrivileged(definition.get(PRIVILEGED))
            .withReadonlyRootfs(definition.get(READ_ONLY))
            .withRestartPolicy(restart(definition.get(AUTORESTART)))
            .withPidsLimit(MOST_PROCESSES)
            .withDns(definition.get(DNS))
            .withDnsSearch(definition.get(DNS_SEARCH))
            .withExtraHosts(definition.get(EXTRA_HOSTS).toArray(String[]::new))
            .withCapAdd(capabilities(definition.get(CAP_ADD)))
            .withCapDrop(capabilities(definition.get(CAP_DROP)))
            .withDevices(definition.get(DEVICES).stream().map(Device::parse).toList())
            .withSecurityOpts(definition.get(SECURITY_OPT))
            .withBinds(binds(definition))
            .withLogConfig(
                new LogConfig(
                    LogConfig.LoggingType.JSON_FILE, Map.of("max-size", "10m", "max-file", "3")));
    if (definition.get(PID).equals("host")) {
      host.withPidMode("host");
    }
    if (!definition.get(NET).equals("host")) {
      host.withPortBindings(published(definition, publishAddress));
    }
    limits(host, definition);
    return host;
  }

  private static void limits(HostConfig host, ServiceDefinition definition) {
    var cgroup = definition.find(CGROUP_PARENT);
    if (cgroup != null) {
      host.withCgroupParent(cgroup);
    }
    var shares = definition.find(CPU_SHARES);
    if (shares != null) {
      host.withCpuShares(shares);
    }
    var cpus = definition.find(CPUSET);
    if (cpus != null) {
      host.withCpusetCpus(cpus);
    }
    var memory = definition.find(MEMORY);
    if (memory != null) {
      host.withMemory(memory * MB);
    }
    var swap = definition.find(MEMORY_SWAP);
    if (swap != null) {
      host.withMemorySwap(swap < 0 ? -1 : swap * MB);
    }
  }

  private static RestartPolicy restart(AutoRestart autoRestart) {
    return switch (autoRestart) {
      case OFF -> RestartPolicy.noRestart();
      case ON_FAILURE -> RestartPolicy.onFailureRestart(0);
      case ALWAYS -> RestartPolicy.alwaysRestart();
    };
  }

  private static Capability[] capabilities(List<String> names) {
    try {
      return names.stream()
          .map(name -> name.toUpperCase(java.util.Locale.ROOT).replaceFirst("^CAP_", ""))
          .map(Capability::valueOf)
          .toArray(Capability[]::new);
    } catch (IllegalArgumentException unknown) {
      throw new EngineRefused("there is no such capability: " + names);
    }
  }

  private static List<Bind> binds(ServiceDefinition definition) {
    return definition.get(BINDINGS).stream()
        .filter(binding -> binding.hostPath() != null && binding.containerPath() != null)
        .map(ContainerMapping::bind)
        .toList();
  }

  private static Bind bind(Binding binding) {
    return new Bind(
        binding.hostPath(),
        new Volume(binding.containerPath()),
        binding.rewritable() ? AccessMode.rw : AccessMode.ro);
  }

  private static ExposedPort exposed(PortSpec port) {
    return new ExposedPort(
        port.innerPort(),
        port.protocol() == Protocol.TCP ? InternetProtocol.TCP : InternetProtocol.UDP);
  }

  private static Ports published(ServiceDefinition definition, String address) {
    var ports = new Ports();
    definition.get(CONTAINER_PORTS).stream()
        .filter(PortSpec::published)
        .forEach(
            port ->
                ports.bind(
                    exposed(port),
                    port.outerPort() == null
                        ? Ports.Binding.bindIp(address)
                        : Ports.Binding.bindIpAndPort(address, port.outerPort())));
    return ports;
  }
}
