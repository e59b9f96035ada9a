package dev.slipway.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.agent.Samples;
import dev.slipway.model.Uuids;
import dev.slipway.model.attribute.Attribute;
import dev.slipway.model.attribute.Attribute.Trait;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.container.Assignment.Wanted;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
  @FieldSource("dev.slipway.agent.engine.AttributeRows#ROWS")
  void reachesTheEngine(AttributeRows.Row row) {
    var attributes = new ArrayList<>();
    row.attributes().forEach((name, value) -> attributes.addAll(List.of(name, value)));
    var assignment = Samples.assignment(real.node, web, 1, Wanted.RUNNING, 1, attributes.toArray());
    real.create(assignment);
    assertThat(row.seen().apply(real.inspect(assignment))).isEqualTo(row.expected());
  }

  @Test
  void hasARowForEach() {
    var tested =
        AttributeRows.ROWS.stream().map(AttributeRows.Row::attribute).collect(Collectors.toSet());
    assertThat(Attributes.all())
        .filteredOn(attribute -> attribute.is(Trait.IN_CONTAINER))
        .filteredOn(attribute -> !NOT_THE_ENGINES.contains(attribute))
        .extracting(Attribute::name)
        .allSatisfy(name -> assertThat(tested).contains(name));
  }

  @Test
  void publishesPortsAtTheAddressOfTheSettings() {
    var ports =
        List.of(
            Map.of("protocol", "tcp", "inner_port", 80, "outer_port", 28_080),
            Map.of("protocol", "udp", "inner_port", 53, "published", true));
    var assignment =
        Samples.assignment(real.node, web, 1, Wanted.RUNNING, 1, "container_ports", ports);
    real.create(assignment);
    var bindings = real.inspect(assignment).getHostConfig().getPortBindings().getBindings();
    assertThat(bindings.values())
        .hasSize(2)
        .allSatisfy(each -> assertThat(each[0].getHostIp()).isEqualTo("127.0.0.1"));
  }

  @Test
  void limitsWhatNobodyLimited() {
    var assignment = Samples.assignment(real.node, web, 1, Wanted.RUNNING, 1);
    real.create(assignment);
    var host = real.inspect(assignment).getHostConfig();
    assertThat(host.getPidsLimit()).isEqualTo(4096);
    assertThat(host.getLogConfig().getConfig()).containsEntry("max-size", "50m");
    assertThat(real.inspect(assignment).getConfig().getHostName()).isEqualTo("web-1");
  }

  /** Fault 15: images with an init of their own refuse to run below another. */
  @Test
  void leavesInitToTheEngineUnlessItIsAsked() {
    var definition = ServiceDefinition.read(Map.of("image", RealEngine.IMAGE));
    assertThat(HostMapping.map(definition, EngineDefaults.SAFE).getInit()).isNull();
    var asked = ServiceDefinition.read(Map.of("image", RealEngine.IMAGE, "init", false));
    var forced = new EngineDefaults("127.0.0.1", 4096, "50m", 3, null, true, null);
    assertThat(HostMapping.map(asked, forced).getInit()).isFalse();
    assertThat(HostMapping.map(definition, forced).getInit()).isTrue();
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
