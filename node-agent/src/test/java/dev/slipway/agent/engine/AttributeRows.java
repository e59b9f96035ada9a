package dev.slipway.agent.engine;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Device;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.Ulimit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/** What is set of each attribute that goes into a container, and what the Engine then shows. */
public final class AttributeRows {

  private AttributeRows() {}

  /**
   * @param with other attributes that it needs, names and values in turn
   * @param seen what to look at
   */
  public record Row(
      String attribute,
      Object value,
      List<Object> with,
      Function<InspectContainerResponse, Object> seen,
      Object expected) {

    /** All that is set, by name. */
    public Map<String, Object> attributes() {
      var all = new LinkedHashMap<String, Object>();
      all.put(attribute, value);
      for (int i = 0; i < with.size(); i += 2) {
        all.put((String) with.get(i), with.get(i + 1));
      }
      return all;
    }

    @Override
    public String toString() {
      return attribute + " " + value;
    }
  }

  private static Row row(
      String attribute,
      Object value,
      Function<InspectContainerResponse, Object> seen,
      Object expected) {
    return new Row(attribute, value, List.of(), seen, expected);
  }

  private static Row host(
      String attribute, Object value, Function<HostConfig, Object> seen, Object expected) {
    return row(attribute, value, inspected -> seen.apply(inspected.getHostConfig()), expected);
  }

  /** Since API 1.44 it belongs to the endpoint. */
  private static Object macAddress(InspectContainerResponse container) {
    var older = container.getConfig().getMacAddress();
    return older != null && !older.isEmpty()
        ? older
        : container.getNetworkSettings().getNetworks().values().iterator().next().getMacAddress();
  }

  private static List<Object> list(Object[] values) {
    return values == null ? List.of() : Arrays.asList(values);
  }

  public static final List<Row> ROWS =
      List.of(
          row("image", "demo/hello", c -> c.getConfig().getImage(), RealEngine.IMAGE),
          row(
              "run_command",
              "sh -c 'echo \"a b\"; sleep 9' \\$x",
              c -> list(c.getConfig().getCmd()),
              List.of("sh", "-c", "echo \"a b\"; sleep 9", "$x")),
          row(
              "entrypoint",
              "/bin/sh -c \"sleep 9\"",
              c -> list(c.getConfig().getEntrypoint()),
              List.of("/bin/sh", "-c", "sleep 9")),
          row(
              "container_envvars",
              List.of(Map.of("key", "COLOUR", "value", "red")),
              c -> list(c.getConfig().getEnv()).contains("COLOUR=red"),
              true),
          row(
              "container_envvars",
              List.of(Map.of("key", "PATH", "value", "/opt:$PATH")),
              c -> list(c.getConfig().getEnv()).contains("PATH=/opt:/bin"),
              true),
          row(
              "labels",
              Map.of("team", "blue", "dev.slipway.slot", "99"),
              c ->
                  c.getConfig().getLabels().get("team")
                      + c.getConfig().getLabels().get("dev.slipway.slot"),
              "blue1"),
          row("working_dir", "/www", c -> c.getConfig().getWorkingDir(), "/www"),
          row("user", "1000:1000", c -> c.getConfig().getUser(), "1000:1000"),
          row("hostname", "here", c -> c.getConfig().getHostName(), "here"),
          row("domainname", "example.org", c -> c.getConfig().getDomainName(), "example.org"),
          row("mac_address", "02:42:ac:11:65:43", AttributeRows::macAddress, "02:42:ac:11:65:43"),
          row("tty", true, c -> c.getConfig().getTty(), true),
          row("stdin_open", true, c -> c.getConfig().getStdinOpen(), true),
          host(
              "dns",
              List.of("10.0.0.1", "10.0.0.2"),
              h -> list(h.getDns()),
              List.of("10.0.0.1", "10.0.0.2")),
          host("dns_search", "example.org", h -> list(h.getDnsSearch()), List.of("example.org")),
          host(
              "extra_hosts",
              List.of("db:10.0.0.9"),
              h -> list(h.getExtraHosts()),
              List.of("db:10.0.0.9")),
          host(
              "cap_add",
              List.of("net_admin", "CAP_SYS_TIME"),
              h -> list(h.getCapAdd()),
              List.of(Capability.NET_ADMIN, Capability.SYS_TIME)),
          host("cap_drop", List.of("ALL"), h -> list(h.getCapDrop()), List.of(Capability.ALL)),
          host(
              "devices",
              List.of("/dev/null:/dev/nothing:r", "/dev/zero"),
              h -> list(h.getDevices()),
              List.of(
                  new Device("r", "/dev/nothing", "/dev/null"),
                  new Device("rwm", "/dev/zero", "/dev/zero"))),
          host(
              "security_opt",
              List.of("no-new-privileges"),
              HostConfig::getSecurityOpts,
              List.of("no-new-privileges")),
          host("cgroup_parent", "/slipway-test", HostConfig::getCgroupParent, "/slipway-test"),
          host("cpu_shares", 512, HostConfig::getCpuShares, 512),
          host("cpuset", "0", HostConfig::getCpusetCpus, "0"),
          host("memory", 64, HostConfig::getMemory, 64L * 1024 * 1024),
          new Row(
              "memory_swap",
              128,
              List.of("memory", 64),
              c -> c.getHostConfig().getMemorySwap(),
              128L * 1024 * 1024),
          host("net", "host", HostConfig::getNetworkMode, "host"),
          host(
              "net",
              "bridge",
              host -> String.valueOf(host.getNetworkMode()).startsWith("slipway.admin."),
              true),
          host("pid", "host", HostConfig::getPidMode, "host"),
          host("pid", "none", HostConfig::getPidMode, ""),
          host("privileged", true, HostConfig::getPrivileged, true),
          host("read_only", true, HostConfig::getReadonlyRootfs, true),
          host(
              "autorestart", "ALWAYS", HostConfig::getRestartPolicy, RestartPolicy.alwaysRestart()),
          host(
              "autorestart",
              "ON_FAILURE",
              HostConfig::getRestartPolicy,
              RestartPolicy.onFailureRestart(0)),
          host("autorestart", "OFF", host -> host.getRestartPolicy().toString(), "no"),
          host("init", true, HostConfig::getInit, true),
          host("init", false, HostConfig::getInit, false),
          row("stop_signal", "SIGUSR1", c -> config(c).get("StopSignal"), "SIGUSR1"),
          row("stop_grace_period", "1m30s", c -> config(c).get("StopTimeout"), 90),
          host("shm_size", "96m", HostConfig::getShmSize, 96L * 1024 * 1024),
          host(
              "ulimits",
              Map.of("nofile", Map.of("soft", 1024, "hard", 2048)),
              h -> list(h.getUlimits()),
              List.of(new Ulimit("nofile", 1024L, 2048L))),
          host(
              "tmpfs",
              List.of("/scratch:size=1m", "/plain"),
              HostConfig::getTmpFs,
              Map.of("/scratch", "size=1m", "/plain", "")),
          host(
              "sysctls",
              Map.of("net.core.somaxconn", "512"),
              HostConfig::getSysctls,
              Map.of("net.core.somaxconn", "512")),
          host(
              "logging",
              Map.of("driver", "json-file", "options", Map.of("max-size", "1m", "tag", "t")),
              h -> h.getLogConfig().getConfig(),
              Map.of("max-size", "1m", "max-file", "3", "tag", "t")),
          row(
              "healthcheck",
              Map.of("test", "true", "interval", 90, "retries", 4),
              c ->
                  c.getConfig().getHealthcheck().getTest()
                      + " "
                      + c.getConfig().getHealthcheck().getInterval()
                      + " "
                      + c.getConfig().getHealthcheck().getRetries(),
              "[CMD-SHELL, true] 90000000000 4"),
          row(
              "container_ports",
              List.of(
                  Map.of("protocol", "tcp", "inner_port", 80, "outer_port", 28_080),
                  Map.of("protocol", "udp", "inner_port", 53, "published", true),
                  Map.of("protocol", "udp", "inner_port", 54, "outer_port", 28_054),
                  Map.of("protocol", "tcp", "inner_port", 81)),
              AttributeRows::ports,
              "[53/udp->any, 54/udp->28054, 80/tcp->28080, 81/tcp->none]"),
          row(
              "bindings",
              List.of(
                  Map.of("host_path", "/tmp", "container_path", "/outer"),
                  Map.of("host_path", "/opt", "container_path", "/etc/outer", "rewritable", false)),
              c ->
                  Arrays.stream(c.getHostConfig().getBinds())
                      .map(
                          bind ->
                              "%s:%s:%s"
                                  .formatted(
                                      bind.getPath(),
                                      bind.getVolume().getPath(),
                                      bind.getAccessMode() == AccessMode.ro ? "ro" : "rw"))
                      .toList(),
              List.of("/tmp:/outer:rw", "/opt:/etc/outer:ro")));

  /** What the Engine's client has no method for. */
  private static Map<?, ?> config(InspectContainerResponse inspected) {
    return inspected.getRawValues().get("Config") instanceof Map<?, ?> config ? config : Map.of();
  }

  private static Object ports(InspectContainerResponse inspected) {
    var bindings = inspected.getHostConfig().getPortBindings().getBindings();
    var seen = new TreeSet<String>();
    for (ExposedPort port : inspected.getConfig().getExposedPorts()) {
      seen.add(port + "->" + outer(bindings.get(port)));
    }
    return seen.toString();
  }

  private static String outer(Ports.Binding[] bindings) {
    if (bindings == null || bindings.length == 0) {
      return "none";
    }
    var port = bindings[0].getHostPortSpec();
    return port == null || port.isEmpty() ? "any" : port;
  }
}
