package dev.slipway.model.attribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.InvalidInput;
import dev.slipway.model.service.PortSpec;
import dev.slipway.model.service.PortSpec.Protocol;
import dev.slipway.model.service.ServiceDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AttributesTest {

  private static ServiceDefinition read(String name, Object value) {
    var json = new HashMap<String, Object>();
    json.put(name, value);
    return ServiceDefinition.read(json);
  }

  @Nested
  class Reading {

    @Test
    void takesPortsAsTextAndZeroAsNotSet() {
      var definition =
          read(
              "container_ports",
              List.of(
                  Map.of("protocol", "TCP", "inner_port", "80", "outer_port", "8080"),
                  Map.of("protocol", "udp", "inner_port", 53, "outer_port", 0)));
      assertThat(definition.get(Attributes.CONTAINER_PORTS))
          .containsExactly(
              new PortSpec(Protocol.TCP, 80, 8080, true),
              new PortSpec(Protocol.UDP, 53, null, false));
    }

    @Test
    void takesTagsAsNamesAndAsObjects() {
      assertThat(read("tags", List.of("a", Map.of("name", "b"))).get(Attributes.TAGS))
          .containsExactly("a", "b");
      assertThat(read("tags", List.of("a")).json(Attributes.TAGS))
          .isEqualTo(List.of(Map.of("name", "a")));
    }

    @Test
    void takesLinksByUriOfEitherForm() {
      var uuid = "80ff1635-2d56-478d-a97f-9b59c720e513";
      for (var target :
          List.of("/api/app/v1/service/" + uuid + "/", "/api/app/v1/me/service/" + uuid, uuid)) {
        var link = Map.of("to_service", target, "name", "db", "from_service", "ignored");
        assertThat(
                read("linked_to_service", List.of(link))
                    .get(Attributes.LINKED_TO_SERVICE)
                    .getFirst()
                    .to()
                    .value())
            .isEqualTo(uuid);
      }
    }

    @Test
    void addsTheTagThatAnImageLacks() {
      assertThat(read("image", "nginx").get(Attributes.IMAGE)).isEqualTo("nginx:latest");
      assertThat(read("image", "r.example:5000/a/b").get(Attributes.IMAGE))
          .isEqualTo("r.example:5000/a/b:latest");
      assertThat(read("image", "a/b:2").get(Attributes.IMAGE)).isEqualTo("a/b:2");
      assertThat(ImageName.serviceName("r.example:5000/a/b:2")).isEqualTo("b");
    }

    @Test
    void takesMisspeltAndOlderNames() {
      assertThat(read("secuirty_opt", List.of("x")).get(Attributes.SECURITY_OPT))
          .containsExactly("x");
      assertThat(read("cgroup_name", "m").find(Attributes.CGROUP_PARENT)).isEqualTo("m");
    }

    @Test
    void putsBackOnNullOnlyWhatMayBeUnset() {
      assertThat(read("memory", null).sets(Attributes.MEMORY)).isTrue();
      assertThat(read("privileged", null).sets(Attributes.PRIVILEGED)).isFalse();
    }
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of("image", "no spaces", "image must have no white space (got no spaces)"),
        Arguments.of(
            "name",
            "-web",
            "name must be 1 to 63 letters, digits, '_' or '-', and start with no '_' or '-'"),
        Arguments.of(
            "target_num_containers", "many", "target_num_containers must be a whole number"),
        Arguments.of("target_num_containers", 1.5, "target_num_containers must be a whole number"),
        Arguments.of("target_num_containers", -1, "target_num_containers must be from 0 to 1000"),
        Arguments.of(
            "autorestart", "SOMETIMES", "autorestart must be one of [OFF, ON_FAILURE, ALWAYS]"),
        Arguments.of("privileged", "yes", "privileged must be true or false"),
        Arguments.of("container_ports", Map.of(), "container_ports must be a list"),
        Arguments.of(
            "container_ports",
            List.of(Map.of("protocol", "tcp", "inner_port", 70_000)),
            "container_ports[0].inner_port must be from 1 to 65535"),
        Arguments.of(
            "container_ports",
            List.of(Map.of("inner_port", 80)),
            "container_ports[0].protocol is required"),
        Arguments.of(
            "container_envvars",
            List.of(Map.of("key", "A=B", "value", "")),
            "container_envvars[0].key must have no '=' and no white space"),
        Arguments.of(
            "bindings",
            List.of(Map.of()),
            "bindings[0].container_path is required without volumes_from"),
        Arguments.of("memory", 1, "memory must be at least 6 (got 1)"),
        Arguments.of("user", "a\0b", "user must not contain a NUL character"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void namesTheFieldAndTheRule(String attribute, Object value, String message) {
    assertThatThrownBy(() -> read(attribute, value))
        .isInstanceOf(InvalidInput.class)
        .hasMessage(message);
  }
}
