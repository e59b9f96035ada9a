package dev.slipway.model.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Namespace;
import dev.slipway.model.Secret;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.ContainerReport;
import dev.slipway.model.container.ContainerSpec;
import dev.slipway.model.container.ImageFacts;
import dev.slipway.model.container.PublishedPort;
import dev.slipway.model.container.Restart;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.PortSpec;
import dev.slipway.model.service.PortSpec.Protocol;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.ContainerRemoved;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.service.ServiceLink;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WireTest {

  static final ServiceId WEB = new ServiceId("3f0c7d7e-0000-4000-8000-000000000001");
  static final NodeId NODE = new NodeId("3f0c7d7e-0000-4000-8000-0000000000aa");
  static final ContainerId FIRST = ContainerId.of(WEB, 1, 1);

  @Test
  void readsAnAssignmentBackAsItWas() {
    var json = new HashMap<String, Object>();
    json.put("image", "demo/hello");
    json.put("name", "web");
    json.put("memory", null);
    json.put("container_ports", List.of(Map.of("protocol", "tcp", "inner_port", "80")));
    json.put("container_envvars", List.of(Map.of("key", "A", "value", "s3cret")));
    var assignment =
        new Assignment(
            FIRST,
            WEB,
            NODE,
            Assignment.Wanted.RUNNING,
            1,
            4,
            new ContainerSpec(
                new Namespace("admin"),
                "web-1",
                1,
                1,
                "shop",
                ServiceDefinition.read(json),
                List.of(new EnvironmentVariable("A", new Secret("s3cret"))),
                null,
                List.of("/srv"),
                List.of(new ServiceLink(WEB, "web"))));
    var bytes = Wire.write(assignment);
    assertThat(Wire.read(bytes, Assignment.class)).isEqualTo(assignment);
    assertThat(new String(bytes, UTF_8))
        .contains("\"image\":\"demo/hello:latest\"", "\"memory\":null", "\"inner_port\":80");
    assertThat(assignment.toString()).doesNotContain("s3cret");
  }

  @Test
  void readsWhatANodeSaysOfAnImageAlsoIfItSaysLess() {
    var environment = List.of(new EnvironmentVariable("PATH", new Secret("/bin")));
    var ports = List.of(new PortSpec(Protocol.TCP, 80, null, false));
    for (var facts :
        List.of(
            new ImageFacts(environment, ports),
            new ImageFacts(environment, ports, "no registry"))) {
      assertThat(Wire.read(Wire.write(facts), ImageFacts.class)).isEqualTo(facts);
    }
    assertThat(new String(Wire.write(new ImageFacts(environment, ports)), UTF_8))
        .doesNotContain("notPulled");
  }

  @Test
  void readsAPlacementAlsoIfItSaysNothingOfData() {
    for (var data : Arrays.asList(null, 3)) {
      var placed = new ContainerPlaced(WEB, FIRST, 1, 3, 1, NODE, List.of(), List.of(), data, null);
      var bytes = Wire.write(placed);
      assertThat(Wire.read(bytes, ContainerPlaced.class)).isEqualTo(placed);
      assertThat(new String(bytes, UTF_8)).endsWith(data == null ? "]}" : "],\"data\":3}");
    }
  }

  @Test
  void readsARemovalAlsoIfItSaysNothingOfVolumes() {
    for (var erased : Arrays.asList(null, true, false)) {
      var removed = new ContainerRemoved(WEB, FIRST, erased);
      assertThat(Wire.read(Wire.write(removed), ContainerRemoved.class)).isEqualTo(removed);
      ContainerReport report = new ContainerReport.Removed(WEB, FIRST, NODE, Instant.EPOCH, erased);
      assertThat(Wire.read(Wire.write(report), ContainerReport.class)).isEqualTo(report);
    }
  }

  @Test
  void readsAReportBackAsItWas() {
    ContainerReport report =
        new ContainerReport.Running(
            WEB,
            FIRST,
            NODE,
            Instant.parse("2026-01-02T03:04:05.123456789Z"),
            1,
            "abc",
            "172.17.0.2",
            List.of(new PublishedPort(Protocol.TCP, 80, 32768)),
            new Restart(1, true, 4));
    var bytes = Wire.write(report);
    assertThat(Wire.read(bytes, ContainerReport.class)).isEqualTo(report);
    assertThat(new String(bytes, UTF_8))
        .contains("\"type\":\"Running\"", "\"at\":\"2026-01-02T03:04:05.123456789Z\"");
  }

  @Test
  void readsARestartThatWasToldWithoutItsNumber() {
    assertThat(Wire.read("{\"exitCode\":1,\"oomKilled\":true}".getBytes(UTF_8), Restart.class))
        .isEqualTo(new Restart(1, true, null));
  }
}
