package dev.slipway.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.service.ServiceDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostPathsTest {

  @TempDir Path folder;

  private static ServiceDefinition bound(Path path) {
    return ServiceDefinition.read(
        Map.of(
            "bindings", List.of(Map.of("host_path", path.toString(), "container_path", "/data"))));
  }

  @Test
  void refuseALinkThatLeadsToAnEngine() throws IOException {
    var socket = Files.createFile(folder.resolve("docker.sock"));
    var link = Files.createSymbolicLink(folder.resolve("harmless"), socket);
    var real = folder.toRealPath().resolve("docker.sock");
    assertThatThrownBy(() -> HostPaths.check(bound(link)))
        .isInstanceOfSatisfying(
            EngineRefused.class,
            refused ->
                assertThat(refused.reason())
                    .isEqualTo("host_path %s leads to an Engine: %s".formatted(link, real)));
  }

  @Test
  void followALinkInTheMiddleOfAPathThatIsNotThereYet() throws IOException {
    var link = Files.createSymbolicLink(folder.resolve("data"), Path.of("/var/lib"));
    assertThat(HostPaths.real(link.resolve("docker/volumes/none/such")))
        .isEqualTo(Path.of("/var/lib").toRealPath().resolve("docker/volumes/none/such"));
    assertThatThrownBy(() -> HostPaths.check(bound(link.resolve("docker/volumes/none/such"))))
        .isInstanceOf(EngineRefused.class);
  }

  @Test
  void takeWhatLeadsElsewhere() throws IOException {
    var there = Files.createDirectory(folder.resolve("there"));
    assertThatCode(() -> HostPaths.check(bound(there))).doesNotThrowAnyException();
    assertThatCode(() -> HostPaths.check(bound(there.resolve("not/yet"))))
        .doesNotThrowAnyException();
  }
}
