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
import com.github.dockerjava.api.model.Ulimit;
import com.github.dockerjava.api.model.Volume;
import dev.slipway.model.service.AutoRestart;
import dev.slipway.model.service.Binding;
import dev.slipway.model.service.Logging;
import dev.slipway.model.service.PortSpec;
import dev.slipway.model.service.ServiceDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a container gets of its host, in the Engine's words. */
final class HostMapping {

  private static final long MB = 1024L * 1024L;

  private HostMapping() {}

  /** All but the network, if it is not the host's. */
  static HostConfig map(ServiceDefinition definition, EngineDefaults defaults) {
    var host =
        new HostConfig()
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
            .withLogConfig(log(definition.find(LOGGING), defaults));
    if (definition.get(PID).equals("host")) {
      host.withPidMode("host");
    }
    if (!definition.get(NET).equals("host")) {
      host.withPortBindings(published(definition, defaults.publishAddress()));
    }
    limits(host, definition);
    process(host, definition, defaults);
    return host;
  }

  /** What is written is limited by the node unless the service limits it itself. */
  private static LogConfig log(@Nullable Logging logging, EngineDefaults defaults) {
    var driver = logging == null ? Logging.JSON_FILE : logging.driver();
    var options = new LinkedHashMap<String, String>();
    if (driver.equals(Logging.JSON_FILE) || driver.equals("local")) {
      options.put("max-size", defaults.logSize());
      options.put("max-file", Integer.toString(defaults.logFiles()));
    }
    if (logging != null) {
      options.putAll(logging.options());
    }
    return new LogConfig(
        Objects.requireNonNull(LogConfig.LoggingType.fromValue(driver), driver), options);
  }

  private static void process(
      HostConfig host, ServiceDefinition definition, EngineDefaults defaults) {
    var init = definition.find(INIT);
    var asked = init == null ? defaults.init() : init;
    if (asked != null) {
      host.withInit(asked);
    }
    var shm = definition.find(SHM_SIZE);
    if (shm != null) {
      host.withShmSize(bytes(shm));
    }
    host.withUlimits(
        definition.get(ULIMITS).stream()
            .map(limit -> new Ulimit(limit.name(), (long) limit.soft(), (long) limit.hard()))
            .toList());
    host.withTmpFs(tmpfs(definition.get(TMPFS)));
    host.withSysctls(definition.get(SYSCTLS));
  }

  private static Map<String, String> tmpfs(List<String> mounts) {
    var byPath = new LinkedHashMap<String, String>();
    for (var mount : mounts) {
      int colon = mount.indexOf(':');
      byPath.put(
          colon < 0 ? mount : mount.substring(0, colon),
          colon < 0 ? "" : mount.substring(colon + 1));
    }
    return byPath;
  }

  /** Of a size such as {@code 64m}, {@code 64mb} or {@code 1024}. */
  private static long bytes(String size) {
    var text = size.toLowerCase(Locale.ROOT);
    int digits = 0;
    while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
      digits++;
    }
    long number = Long.parseLong(text.substring(0, digits));
    return switch (digits < text.length() ? text.charAt(digits) : 'b') {
      case 'k' -> number * 1024;
      case 'm' -> number * MB;
      case 'g' -> number * 1024 * MB;
      default -> number;
    };
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
