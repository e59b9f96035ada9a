package dev.slipway.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Device;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.RestartPolicy;
import dev.slipway.agent.Samples;
import dev.slipway.model.Uuids;
import dev.slipway.model.attribute.Attribute;
import dev.slipway.model.attribute.Attribute.Trait;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.container.Assignment.Wanted;
import dev.slipway.model.service.ServiceId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Each attribute that goes into a container, as the Engine then shows it. */
class EveryAttributeTest {

  /** These concern placing, names and variables; the Engine has no word for them. */
  private static final Set<Attribute<?>> NOT_THE_ENGINES =
      Set.of(
          Attributes.LINKED_TO_SERVICE, Attributes.ROLES, Attributes.TAGS, Attributes.HEALTH_CHECK);

  /**
   * @param with other attributes that it needs, names and values in turn
   * @param seen what to look at
   */
  record Row(
      String attribute,
      Object value,
      List<Object> with,
      Function<InspectContainerResponse, Object> seen,
      Object expected) {

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

  private static List<Object> list(Object[] values) {
    return values == null ? List.of() : Arrays.asList(values);
  }

  static final List<Row> ROWS =
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
          row(
              "mac_address",
              "02:42:ac:11:65:43",
              c -> c.getConfig().getMacAddress(),
              "02:42:ac:11:65:43"),
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
          host("autorestart", "OFF", HostConfig::getRestartPolicy, RestartPolicy.noRestart()),
          row(
              "container_ports",
              List.of(
                  Map.of("protocol", "tcp", "inner_port", 80, "outer_port", 28_080),
                  Map.of("protocol", "udp", "inner_port", 53, "published", true),
                  Map.of("protocol", "tcp", "inner_port", 81)),
              EveryAttributeTest::ports,
              "[53/udp->any, 80/tcp->28080, 81/tcp->none]"),
          row(
              "bindings",
              List.of(
                  Map.of("host_path", "/tmp", "container_path", "/outer"),
                  Map.of("host_path", "/etc", "container_path", "/etc/outer", "rewritable", false)),
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
              List.of("/tmp:/outer:rw", "/etc:/etc/outer:ro")));

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
    assertThat(bindings[0].getHostIp()).isEqualTo("127.0.0.1");
    var port = bindings[0].getHostPortSpec();
    return port == null || port.isEmpty() ? "any" : port;
  }

  private final RealEngine real = RealEngine.ofThisMachine();
  private final ServiceId web = new ServiceId(Uuids.random());

  @BeforeEach
  void nothingIsThere() {
    assertThat(real.engine.list(real.node)).isEmpty();
  }

  @AfterEach
  void removeAll() throws Exception {
    real.close();
  }

  @ParameterizedTest
  @FieldSource("ROWS")
  void reachesTheEngine(Row row) {
    var attributes =
        Stream.concat(Stream.of(row.attribute, row.value), row.with.stream()).toArray();
    var assignment = Samples.assignment(real.node, web, 1, Wanted.RUNNING, 1, attributes);
    real.create(assignment);
    assertThat(row.seen.apply(real.inspect(assignment))).isEqualTo(row.expected);
  }

  @Test
  void hasARowForEach() {
    var tested = ROWS.stream().map(Row::attribute).collect(Collectors.toSet());
    assertThat(Attributes.all())
        .filteredOn(attribute -> attribute.is(Trait.IN_CONTAINER))
        .filteredOn(attribute -> !NOT_THE_ENGINES.contains(attribute))
        .extracting(Attribute::name)
        .allSatisfy(name -> assertThat(tested).contains(name));
  }

  @Test
  void limitsWhatNobodyLimited() {
    var assignment = Samples.assignment(real.node, web, 1, Wanted.RUNNING, 1);
    real.create(assignment);
    var host = real.inspect(assignment).getHostConfig();
    assertThat(host.getPidsLimit()).isEqualTo(4096);
    assertThat(host.getLogConfig().getConfig()).containsEntry("max-size", "50m");
    assertThat(host.getInit()).isTrue();
    assertThat(real.inspect(assignment).getConfig().getHostName()).isEqualTo("web-1");
  }

  @Test
  void refusesWhatNoEngineUnderstands() {
    for (var wrong :
        List.of(
            Map.entry("cap_add", List.of("FLYING")),
            Map.entry("devices", List.of("a:b:c:d")),
            Map.entry("run_command", "echo 'hi"),
            Map.entry("extra_hosts", List.of("nowhere")))) {
      var assignment =
          Samples.assignment(
              real.node, web, 1, Wanted.RUNNING, 1, wrong.getKey(), wrong.getValue());
      assertThatThrownBy(() -> real.create(assignment))
          .as(wrong.getKey())
          .isInstanceOf(EngineRefused.class);
    }
  }
}
