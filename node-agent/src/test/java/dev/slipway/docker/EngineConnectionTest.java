package dev.slipway.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.HostConfig;
import dev.slipway.docker.FakeDockerServer.Mood;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class EngineConnectionTest {

  private final FakeDockerServer server = new FakeDockerServer("20.10.24", "1.12", "1.41");
  private final EngineConnection connection = new EngineConnection(server.host(), null);

  @AfterEach
  void close() {
    connection.close();
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "20.10.24, 1.12, 1.41, 1.41",
    "26.1.5, 1.24, 1.45, 1.45",
    "28.5.2, 1.24, 1.51, 1.51",
    "29.0.0, 1.44, 1.52, 1.51",
    "29.5.0, 1.44, 1.55, 1.51",
    "40.0.0, 1.51, 1.90, 1.51",
  })
  void speaksTheHighestVersionThatBothSidesKnow(
      String engine, String oldest, String newest, String expected) {
    server.offer(engine, oldest, newest);
    connection.calls().infoCmd().exec();
    assertThat(connection.version().version()).hasToString(expected);
    assertThat(server.requests()).containsExactly("GET /version", "GET /v" + expected + "/info");
  }

  @Test
  void anEngineThatIsTooOldIsRefusedWithBothRanges() {
    server.offer("19.03.15", "1.12", "1.40");
    assertThatThrownBy(() -> connection.calls().infoCmd().exec())
        .isInstanceOf(EngineUnusable.class)
        .hasMessage(
            "the Docker Engine refuses: Docker Engine 19.03.15 speaks API 1.12 to 1.40,"
                + " Slipway speaks API 1.41 to 1.51; update Docker Engine");
  }

  @Test
  void anEngineThatIsTooNewIsRefusedWithBothRanges() {
    server.offer("50.0.0", "1.60", "1.70");
    assertThatThrownBy(() -> connection.calls().infoCmd().exec())
        .hasMessageContaining("speaks API 1.60 to 1.70")
        .hasMessageEndingWith("update Slipway")
        .extracting(failure -> ((EngineUnusable) failure).version())
        .isEqualTo("50.0.0");
  }

  @Test
  void aCallThatIsRefusedAsTooOldIsSentAgainInTheVersionOfTheUpgradedEngine() {
    connection.calls().pingCmd().exec();
    server.offer("28.5.2", "1.44", "1.51");
    var made = connection.calls().createContainerCmd("demo/hello:latest").withName("one").exec();
    assertThat(made.getId()).isEqualTo("first-1");
    assertThat(server.containers().created()).isEqualTo(1);
    assertThat(server.requests())
        .endsWith("POST /v1.41/containers/create", "GET /version", "POST /v1.51/containers/create");
  }

  @Test
  void aMacAddressIsSentWhereTheVersionExpectsIt() {
    var mac = "02:42:ac:11:65:43";
    createWithMacAddress("old", mac);
    var body = server.containers().lastCreate();
    assertThat(body.path("MacAddress").asString("")).isEqualTo(mac);
    assertThat(endpoint(body).path("MacAddress").asString("")).isEmpty();
    server.offer("29.5.0", "1.44", "1.55");
    createWithMacAddress("new", mac);
    body = server.containers().lastCreate();
    assertThat(body.path("MacAddress").asString("")).isEmpty();
    assertThat(endpoint(body).path("MacAddress").asString("")).isEqualTo(mac);
    assertThat(endpoint(body).path("Aliases").path(0).asString("")).isEqualTo("web");
    assertThat(body.path("HostConfig").path("NetworkMode").asString("")).isEqualTo("own");
  }

  private void createWithMacAddress(String name, String mac) {
    var command = connection.calls().createContainerCmd("demo/hello:latest").withName(name);
    command.withHostConfig(HostConfig.newHostConfig().withNetworkMode("own")).withAliases("web");
    command.withMacAddress(mac).exec();
  }

  private static JsonNode endpoint(JsonNode body) {
    return body.path("NetworkingConfig").path("EndpointsConfig").path("own");
  }

  @Test
  void aCallThatIsRefusedAsTooNewIsSentAgainInTheVersionOfTheDowngradedEngine() {
    server.offer("28.5.2", "1.24", "1.51");
    connection.calls().pingCmd().exec();
    server.offer("20.10.24", "1.12", "1.41");
    connection.calls().infoCmd().exec();
    assertThat(connection.version().version()).hasToString("1.41");
  }

  @Test
  void aStreamIsOpenedInTheVersionOfTheUpgradedEngineToo() throws Exception {
    connection.calls().pingCmd().exec();
    server.offer("28.5.2", "1.44", "1.51");
    try (var _ = connection.streams().eventsCmd().exec(new ResultCallback.Adapter<>())) {
      await().untilAsserted(() -> assertThat(server.requests()).contains("GET /v1.51/events"));
    }
  }

  @Test
  void anEngineThatRaisesItsMinimumBeyondOursIsRefusedWithTheReason() {
    connection.calls().pingCmd().exec();
    server.offer("50.0.0", "1.60", "1.70");
    assertThatThrownBy(() -> connection.calls().infoCmd().exec())
        .isInstanceOf(EngineUnusable.class)
        .hasMessageContaining("speaks API 1.60 to 1.70");
  }

  @Test
  void negotiatesAgainAfterALostConnection() {
    connection.calls().pingCmd().exec();
    int first = connection.version().number();
    server.stop();
    assertThatThrownBy(() -> connection.calls().pingCmd().exec())
        .isInstanceOf(EngineUnusable.class)
        .hasMessage("the Docker Engine does not answer at %s: connection refused", server.host());
    server.offer("28.5.2", "1.24", "1.51");
    server.start();
    connection.calls().pingCmd().exec();
    assertThat(connection.version().version()).hasToString("1.51");
    assertThat(connection.version().number()).isGreaterThan(first);
  }

  @Test
  void htmlIsNoAnswerOfAnEngine() {
    connection.calls().pingCmd().exec();
    server.mood(Mood.HTML);
    assertThatThrownBy(() -> connection.calls().infoCmd().exec())
        .isInstanceOf(EngineUnusable.class)
        .hasMessageContaining("HTML came instead (status 200)");
    assertThatThrownBy(connection::version).hasMessageContaining("HTML came instead");
  }

  @Test
  void theErrorOfAProxyIsNoAnswerOfAnEngine() {
    connection.calls().pingCmd().exec();
    server.mood(Mood.BAD_GATEWAY);
    assertThatThrownBy(() -> connection.calls().infoCmd().exec())
        .isInstanceOf(EngineUnusable.class)
        .hasMessageContaining("status 502 Bad Gateway");
  }

  @Test
  void aMissingSocketIsNamed(@TempDir Path folder) {
    var host = URI.create("unix://" + folder.resolve("none.sock"));
    try (var missing = new EngineConnection(host, null)) {
      assertThatThrownBy(missing::version)
          .hasMessage("the Docker Engine does not answer at %s: there is no such socket", host);
    }
  }

  @Test
  void aDeniedSocketIsReportedWithTheGroupThatHasAccess(@TempDir Path folder) throws Exception {
    var socket = Files.createFile(folder.resolve("docker.sock"));
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
    var group = Files.getAttribute(socket, "posix:group");
    var host = URI.create("unix://" + socket);
    var denied =
        ConnectionProblem.explain(
            host, new RuntimeException(new SocketException("Permission denied")), Duration.ZERO);
    assertThat(denied.reason())
        .startsWith("denies access at %s: permission denied".formatted(host))
        .contains("the socket belongs to group " + group)
        .contains("sudo usermod -aG " + group);
  }

  @Test
  void callersThatWaitForANegotiationShareItsFailure() throws Exception {
    server.mood(Mood.HTML);
    server.delay(Duration.ofMillis(500), _ -> true);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var callers =
          IntStream.range(0, 20)
              .mapToObj(_ -> threads.submit(() -> connection.version().number()))
              .toList();
      for (var caller : callers) {
        assertThatThrownBy(caller::get).hasCauseInstanceOf(EngineUnusable.class);
      }
    }
    assertThat(server.requests()).hasSizeLessThan(5);
  }

  @Test
  void aSlowEngineIsWaitedFor() {
    server.delay(Duration.ofSeconds(2), path -> path.endsWith("/info"));
    assertThat(connection.calls().infoCmd().exec().getServerVersion()).isEqualTo("20.10.24");
  }
}
