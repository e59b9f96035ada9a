package dev.slipway.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.Namespace;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.container.ContainerSpec;
import dev.slipway.model.service.Binding;
import dev.slipway.model.service.ServiceDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a host whose files lie in a folder of the test's. */
class HostPathsTest {

  @TempDir Path root;

  private HostPaths paths;

  @BeforeEach
  void makeAHost() throws IOException {
    for (var folder : List.of("srv/shop", "opt", "data/docker", "run/user/1000", "var/lib")) {
      Files.createDirectories(root.resolve(folder));
    }
    paths = new HostPaths(root, List.of("/data/docker", "/run/user/1000/engine.sock"));
  }

  private void link(String path, String target) throws IOException {
    Files.createSymbolicLink(root.resolve(path.substring(1)), Path.of(target));
  }

  private String bound(String path, String... allowed) {
    return bound(null, path, allowed);
  }

  private String bound(Boolean engineAllowed, String path, String... allowed) {
    var binding = Map.of("host_path", path, "container_path", "/data");
    var spec =
        new ContainerSpec(
            new Namespace("admin"),
            "web-1",
            1,
            1,
            null,
            ServiceDefinition.read(Map.of("bindings", List.of(binding))),
            List.of(),
            null,
            Arrays.asList(allowed),
            List.of(),
            engineAllowed);
    return paths.real(spec).get(Attributes.BINDINGS).stream()
        .map(Binding::hostPath)
        .findFirst()
        .orElseThrow();
  }

  private void assertRefused(String reason, String path, String... allowed) {
    assertThatThrownBy(() -> bound(path, allowed))
        .isInstanceOf(EngineRefused.class)
        .hasMessageStartingWith("host_path " + path + " " + reason);
  }

  @Test
  void areBoundWhereTheyReallyLead() throws IOException {
    link("/srv/current", "shop");
    link("/srv/absolute", "/srv/shop");
    link("/srv/shop/up", "../../srv/./shop");
    assertThat(bound("/srv/current/db", "/srv")).isEqualTo("/srv/shop/db");
    assertThat(bound("/srv/absolute", "/srv")).isEqualTo("/srv/shop");
    assertThat(bound("/srv/absolute/up/up/not/yet", "/srv")).isEqualTo("/srv/shop/not/yet");
    assertThat(bound("/srv//shop/", "/srv")).isEqualTo("/srv/shop");
  }

  @Test
  void doNotLeadOutOfWhatTheNamespaceMayHave() throws IOException {
    link("/srv/x", "/opt");
    link("/srv/shop/y", "../../opt");
    var outside = "leads to /opt, which is not below the host_paths of its namespace";
    assertRefused(outside, "/srv/x", "/srv");
    assertRefused(outside, "/srv/shop/y", "/srv");
    assertRefused(outside, "/srv/x", "/srv", "/srv/x");
    assertRefused(outside, "/srv/x");
    assertThat(bound("/srv/x", "/")).isEqualTo("/opt");
    assertThat(bound("/srv/shop")).as("no link says otherwise").isEqualTo("/srv/shop");
  }

  @Test
  void mayLieInAFolderThatIsALinkItself() throws IOException {
    link("/var/srv", "/srv");
    assertThat(bound("/var/srv/shop", "/var/srv")).isEqualTo("/srv/shop");
  }

  @Test
  void doNotLeadToAnEngine() throws IOException {
    link("/srv/harmless", "/run/docker.sock");
    link("/srv/data", "/var/lib");
    assertRefused("leads to an Engine: /run/docker.sock", "/srv/harmless", "/");
    assertRefused("leads to an Engine: /var/lib/docker/none", "/srv/data/docker/none", "/");
  }

  @Test
  void leadToAnEngineWhereThePolicyOfThatNameAllowsIt() throws IOException {
    link("/var/run", "/run");
    assertThat(bound(true, "/var/run/docker.sock")).isEqualTo("/run/docker.sock");
    assertThat(bound(true, "/run/user/1000/engine.sock")).isEqualTo("/run/user/1000/engine.sock");
    link("/srv/opt", "/opt");
    assertThatThrownBy(() -> bound(true, "/srv/opt", "/srv"))
        .hasMessageContaining("not below the host_paths");
  }

  @Test
  void doNotLeadToTheNodesOwnEngineWhereverItIsKept() throws IOException {
    link("/engine", "/data");
    assertRefused("leads to an Engine: /data/docker/volumes", "/data/docker/volumes", "/");
    assertRefused("leads to an Engine: /data", "/engine", "/");
    assertRefused("leads to an Engine: /run/user/1000", "/run/user/1000", "/");
    paths = new HostPaths(root, List.of("/engine/docker"));
    assertRefused("leads to an Engine: /data/docker", "/data/docker", "/");
  }

  @Test
  void haveAnEnd() throws IOException {
    link("/srv/round", "round");
    assertRefused("has too many links", "/srv/round", "/");
  }
}
