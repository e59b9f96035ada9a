package dev.slipway.acceptance;

import static dev.slipway.acceptance.Api.SERVICES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Frame;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.DockerClientFactory;

/** What a user sets of a service, as its containers then have it. */
class AttributeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final DockerClient docker = DockerClientFactory.instance().client();
  private final Engine engine = new Engine();

  @Test
  void reachContainersThroughTheApi(@TempDir Path data) {
    var uuid = "";
    try (var slipway = Slipway.up(data, Program.freePort(), Program.freePort())) {
      var api = slipway.api();
      var uri = create(api, containerLimits());
      uuid = api.get(uri).text("uuid");
      api.post(uri + "start/").is(202);
      awaitState(api, uri, "Running");
      var container = inspect(uuid);
      var config = container.getConfig();
      assertThat(config.getCmd()).containsExactly("sh", "-c", "echo \"a b\"; sleep 600");
      assertThat(config.getLabels()).containsEntry("team", "blue");
      assertThat(config.getEnv()).contains("GREETING=hello from limits-1", "PATH=/opt:/bin");
      var host = container.getHostConfig();
      assertThat(host.getMemory()).isEqualTo(32L * 1024 * 1024);
      assertThat(host.getCpuShares()).isEqualTo(256);
      assertThat(host.getReadonlyRootfs()).isTrue();
      assertThat(host.getPidsLimit()).isEqualTo(4096);
      assertThat(host.getExtraHosts()).containsExactly("db:10.0.0.9");
      api.delete(uri).is(202);
      awaitState(api, uri, "Terminated");
    } finally {
      engine.removeAllOf(uuid);
    }
  }

  private static Map<String, ?> containerLimits() {
    return Map.of(
        "image",
        Engine.IMAGE,
        "name",
        "limits",
        "run_command",
        "sh -c 'echo \"a b\"; sleep 600'",
        "labels",
        Map.of("team", "blue"),
        "memory",
        32,
        "cpu_shares",
        "256",
        "read_only",
        true,
        "extra_hosts",
        List.of("db:10.0.0.9"),
        "container_envvars",
        List.of(
            Map.of("key", "GREETING", "value", "hello from ${DOCKERCLOUD_CONTAINER_HOSTNAME}"),
            Map.of("key", "PATH", "value", "/opt:$PATH")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"stop_first", "start_first"})
  void keepDataThroughARedeployOnlyIfToldToAndNeverBeyondTheService(
      String order, @TempDir Path data) throws Exception {
    var uuid = "";
    try (var slipway = Slipway.up(data, Program.freePort(), Program.freePort())) {
      var api = slipway.api();
      var uri =
          create(
              api,
              Map.of(
                  "image",
                  Engine.IMAGE,
                  "name",
                  "db",
                  "deploy_order",
                  order,
                  "bindings",
                  List.of(Map.of("container_path", "/data"))));
      uuid = api.get(uri).text("uuid");
      api.post(uri + "start/").is(202);
      awaitState(api, uri, "Running");
      run(uuid, "echo kept > /data/file");
      api.post(uri + "redeploy/?reuse_volumes=True").is(202);
      awaitState(api, uri, "Running");
      assertThat(run(uuid, "cat /data/file")).isEqualTo("kept");
      api.post(uri + "redeploy/?reuse_volumes=False").is(202);
      awaitState(api, uri, "Running");
      assertThat(run(uuid, "ls /data")).isEmpty();
      assertThat(volumes(uuid)).isOne();
      api.delete(uri).is(202);
      awaitState(api, uri, "Terminated");
      assertThat(volumes(uuid)).isZero();
    } finally {
      engine.removeAllOf(uuid);
    }
  }

  private static String create(Api api, Map<String, ?> attributes) {
    return api.post(SERVICES, attributes).is(201).text("resource_uri");
  }

  private static void awaitState(Api api, String uri, String state) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(() -> assertThat(api.get(uri).is(200).text("state")).isEqualTo(state));
  }

  private InspectContainerResponse inspect(String service) {
    return docker.inspectContainerCmd(engine.containersOf(service).getFirst().getId()).exec();
  }

  private int volumes(String service) {
    var volumes =
        docker
            .listVolumesCmd()
            .withFilter("label", List.of("dev.slipway.service=" + service))
            .exec()
            .getVolumes();
    return volumes == null ? 0 : volumes.size();
  }

  private String run(String service, String command) throws InterruptedException {
    var exec =
        docker
            .execCreateCmd(engine.containersOf(service).getFirst().getId())
            .withCmd("sh", "-c", command)
            .withAttachStdout(true)
            .exec();
    var printed = new StringBuffer();
    var _ =
        docker
            .execStartCmd(exec.getId())
            .exec(
                new ResultCallback.Adapter<Frame>() {
                  @Override
                  public void onNext(Frame frame) {
                    printed.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
                  }
                })
            .awaitCompletion(20, TimeUnit.SECONDS);
    return printed.toString().strip();
  }
}
