package dev.slipway.agent.engine;

import static dev.slipway.model.attribute.Attributes.*;

import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Device;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.Volume;
import dev.slipway.model.service.AutoRestart;
import dev.slipway.model.service.Binding;
import dev.slipway.model.service.PortSpec;
import dev.slipway.model.service.ServiceDefinition;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a container gets of its host, in the Engine's words. */
final class HostMapping {

  private static final long MB = 1024L * 1024L;

  private HostMapping() {}

  /** All but the network, if it is not the host's. */
  static HostConfig map(ServiceDefinition definition, EngineDefaults defaults) {
    var host =
        new HostConfig()
            .withInit(true)
            .withNetworkMode(definition.get(NET))
            .withPrivileged(definition.get(PRIVILEGED))
            .withReadonlyRootfs(definition.get(READ_ONLY))
            .withRestartPolicy(restart(definition.get(AUTORESTART)))
            .withPidsLimit(defaults.processes())
            .withDns(definition.get(DNS))
            .withDnsSearch(definition.get(DNS_SEARCH))
            .withExtraHosts(definition.get(EXTRA_HOSTS).toArray(String[]::new))
            .withCapAdd(capabilities(definition.get(CAP_ADD)))
            .withCapDrop(capabilities(definition.get(CAP_DROP)))
            .withDevices(definition.get(DEVICES).stream().map(Device::parse).toList())
            .withSecurityOpts(definition.get(SECURITY_OPT))
            .withBinds(binds(definition))
            .withLogConfig(log(defaults));
    if (definition.get(PID).equals("host")) {
      host.withPidMode("host");
    }
    if (!definition.get(NET).equals("host")) {
      host.withPortBindings(published(definition, defaults.publishAddress()));
    }
    limits(host, definition);
    return host;
  }

  private static LogConfig log(EngineDefaults defaults) {
    return new LogConfig(
        LogConfig.LoggingType.JSON_FILE,
        Map.of("max-size", defaults.logSize(), "max-file", Integer.toString(defaults.logFiles())));
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
    return names.stream().map(HostMapping::capability).toArray(Capability[]::new);
  }

  private static Capability capability(String name) {
    try {
      return Capability.valueOf(name.toUpperCase(Locale.ROOT).replaceFirst("^CAP_", ""));
    } catch (IllegalArgumentException unknown) {
      throw new EngineRefused("there is no such capability: " + name);
    }
  }

  private static List<Bind> binds(ServiceDefinition definition) {
    return definition.get(BINDINGS).stream()
        .filter(binding -> binding.hostPath() != null && binding.containerPath() != null)
        .map(HostMapping::bind)
        .toList();
  }

  private static Bind bind(Binding binding) {
    return new Bind(
        binding.hostPath(),
        new Volume(binding.containerPath()),
        binding.rewritable() ? AccessMode.rw : AccessMode.ro);
  }

  private static Ports published(ServiceDefinition definition, String address) {
    var ports = new Ports();
    definition.get(CONTAINER_PORTS).stream()
        .filter(PortSpec::published)
        .forEach(
            port ->
                ports.bind(
                    ContainerMapping.exposed(port),
                    port.outerPort() == null
                        ? Ports.Binding.bindIp(address)
                        : Ports.Binding.bindIpAndPort(address, port.outerPort())));
    return ports;
  }
}
