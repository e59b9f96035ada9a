package dev.slipway.model.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.policy.Policy.Finding;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.wire.Wire;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {

  private static ServiceDefinition set(String attribute, Object value) {
    return ServiceDefinition.read(Map.of(attribute, value));
  }

  private static ServiceDefinition bound(String path) {
    return set("bindings", List.of(Map.of("host_path", path, "container_path", "/data")));
  }

  @Test
  void findsEachDangerThatIsSet() {
    var dangers =
        Map.of(
            Danger.PRIVILEGED, set("privileged", true),
            Danger.NET, set("net", "host"),
            Danger.PID, set("pid", "host"),
            Danger.BINDINGS, bound("/srv"),
            Danger.DEVICES, set("devices", List.of("/dev/kvm")),
            Danger.CAP_ADD, set("cap_add", List.of("SYS_ADMIN")),
            Danger.LOGGING, set("logging", Map.of("driver", "syslog")),
            Danger.SECURITY_OPT, set("security_opt", List.of("seccomp=unconfined")),
            Danger.CGROUP_PARENT, set("cgroup_parent", "/other"));
    assertThat(Danger.values())
        .allMatch(danger -> danger == Danger.ENGINE_SOCKET || dangers.containsKey(danger));
    dangers.forEach(
        (danger, definition) -> {
          var place = danger == Danger.BINDINGS ? "bindings[0]" : danger.field();
          assertThat(Policy.DENYING.findings(definition))
              .containsExactly(new Finding(danger, Rule.DENY, place, ""));
          assertThat(Policy.ALLOWING.findings(definition)).isEmpty();
          assertThat(Policy.DENYING.with(danger, Rule.WARN).findings(definition))
              .containsExactly(new Finding(danger, Rule.WARN, place, ""));
        });
  }

  @Test
  void findsNothingInWhatIsHarmless() {
    var harmless =
        ServiceDefinition.read(
            Map.of(
                "image",
                "demo/hello",
                "privileged",
                false,
                "net",
                "bridge",
                "pid",
                "none",
                "cap_drop",
                List.of("ALL"),
                "cap_add",
                List.of(),
                "bindings",
                List.of(Map.of("container_path", "/data"))));
    assertThat(Policy.DENYING.findings(harmless)).isEmpty();
  }

  @Test
  void keepsBindingsBelowItsPaths() {
    var policy = Policy.ALLOWING.withHostPaths(List.of("/srv/shared"));
    assertThat(policy.findings(bound("/srv/shared/a"))).isEmpty();
    assertThat(policy.findings(bound("/srv/shared/../other")))
        .containsExactly(
            new Finding(
                Danger.BINDINGS,
                Rule.DENY,
                "bindings[0]",
                "/srv/shared/../other is not below its host_paths"));
    assertThat(policy.findings(bound("/srv/sharedtoo"))).hasSize(1);
  }

  @Test
  void allowsNoPathsWhereBindingsAreDenied() {
    var narrow = Policy.ALLOWING.withHostPaths(List.of("/srv"));
    assertThat(narrow.with(Danger.BINDINGS, Rule.WARN).allowedHostPaths()).containsExactly("/srv");
    assertThat(narrow.with(Danger.BINDINGS, Rule.DENY).allowedHostPaths()).isEmpty();
  }

  @Test
  void knowsWhichOfTwoIsLooser() {
    assertThat(Policy.ALLOWING.isLooserThan(Policy.DENYING)).isTrue();
    assertThat(Policy.DENYING.isLooserThan(Policy.ALLOWING)).isFalse();
    var narrow = Policy.ALLOWING.withHostPaths(List.of("/srv"));
    assertThat(Policy.ALLOWING.isLooserThan(narrow)).isTrue();
    assertThat(narrow.isLooserThan(Policy.ALLOWING)).isFalse();
    assertThat(narrow.withHostPaths(List.of("/srv/a")).isLooserThan(narrow)).isFalse();
    assertThat(narrow.withHostPaths(List.of("/etc")).isLooserThan(narrow)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/var/run/docker.sock",
        "/run/../var/run//docker.sock",
        "/run",
        "/var/run",
        "/",
        "/var/lib/docker/volumes",
        "/home/me/docker.sock",
        "/run/containerd/containerd.sock"
      })
  void deniesWhatGivesAnEngineAwayUntilItIsAllowedByName(String path) {
    var engine =
        new Finding(
            Danger.ENGINE_SOCKET,
            Rule.DENY,
            "bindings[0]",
            path + " gives the node's Engine away, and root with it");
    assertThat(Policy.ALLOWING.findings(bound(path))).containsExactly(engine);
    assertThat(Policy.DENYING.findings(bound(path))).containsExactly(engine);
    var allowed = Policy.DENYING.with(Danger.ENGINE_SOCKET, Rule.ALLOW);
    assertThat(allowed.findings(bound(path))).isEmpty();
    assertThat(allowed.isLooserThan(Policy.DENYING)).isTrue();
    assertThat(allowed.allowsEngines()).isTrue();
    assertThat(Policy.ALLOWING.allowsEngines()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/srv", "/var/lib/postgresql", "/run/lock", "/var/log", "/etc/ssl"})
  void seesNoEngineWhereNoneIs(String path) {
    assertThat(Danger.ENGINE_SOCKET.isAskedBy(bound(path))).isFalse();
    assertThat(Danger.BINDINGS.isAskedBy(bound(path))).isTrue();
  }

  @Test
  void allowsCommandsByHandUntilSomebodySaysOtherwise() {
    assertThat(Policy.DENYING.ruleForExec()).isEqualTo(Rule.ALLOW);
    var warned = Policy.DENYING.withExec(Rule.WARN);
    assertThat(Wire.read(Wire.write(warned), Policy.class)).isEqualTo(warned);
    assertThat(new String(Wire.write(Policy.DENYING), UTF_8)).doesNotContain("exec");
    assertThat(Policy.DENYING.isLooserThan(warned)).isTrue();
    assertThat(warned.withExec(Rule.DENY).isLooserThan(warned)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "/a//b/./c/, /a/b/c",
    "/a/../b, /b",
    "/../../a, /a",
    "/, /",
  })
  void aPathHasOneForm(String path, String form) {
    assertThat(HostPath.of(path)).hasToString(form);
  }
}
