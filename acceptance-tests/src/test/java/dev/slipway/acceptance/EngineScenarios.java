package dev.slipway.acceptance;

import static dev.slipway.acceptance.Api.SERVICES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.model.Container;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What must work on every Engine, seen over HTTP and on the Engine itself. */
final class EngineScenarios extends ServiceCalls {

  private static final int LINES = 2_000;
  private static final int LONG_LINE = 64 * 1024;
  private static final String COUNTS =
      "sh -c 'i=0; while true; do i=$((i + 1)); echo $i; sleep 0.2; done'";

  private final String host;

  /**
   * @param host where ports that the Engine publishes are reached
   */
  EngineScenarios(Api api, Engine engine, String host) {
    super(api, engine);
    this.host = host;
  }

  /** Terminates what a failed scenario has left. */
  void clear() {
    var services = api.get(SERVICES + "?limit=100").is(200).json().path("objects").valueStream();
    services
        .filter(service -> !service.path("state").asString().equals("Terminated"))
        .forEach(service -> end(service.path("resource_uri").asString()));
  }

  void lifeOfAService() throws Exception {
    new ServiceLifeScenario(api, engine, host).play();
  }

  void links() {
    var page = Map.of("protocol", "tcp", "inner_port", 80);
    var web = running("web", Map.of("container_ports", List.of(page)));
    var fetch =
        "sh -c 'until wget -qO- http://db/; do sleep 0.5; done;"
            + " echo $DB_1_PORT_80_TCP_PORT $DB_ENV_COLOUR; sleep 3600'";
    var link = Map.of("to_service", "web", "name", "db");
    var client =
        running("client", Map.of("run_command", fetch, "linked_to_service", List.of(link)));
    awaitLines(client, "hello", "80 red");
    end(client);
    end(web);
  }

  void volumes() {
    var command =
        "sh -c 'cat /data/seen 2>/dev/null || echo empty; echo kept >/data/seen; sleep 3600'";
    var volume = Map.of("container_path", "/data");
    var uri = running("keeps", Map.of("run_command", command, "bindings", List.of(volume)));
    awaitLines(uri, "empty");
    api.post(uri + "redeploy/?reuse_volumes=true").is(202);
    awaitLines(uri, "empty", "kept");
    awaitState(uri, "Running");
    api.post(uri + "redeploy/?reuse_volumes=false").is(202);
    awaitLines(uri, "empty", "kept", "empty");
    var service = "dev.slipway.service=" + uuid(uri);
    end(uri);
    var volumes = engine.client().listVolumesCmd().withFilter("label", List.of(service)).exec();
    assertThat(volumes.getVolumes()).isNullOrEmpty();
  }

  void placementFacts() {
    var node = api.get("/api/infra/v1/node/").is(200).json().path("objects").path(0);
    var info = engine.client().infoCmd().exec();
    assertThat(node.path("state").asString()).isEqualTo("Deployed");
    assertThat(node.path("docker_version").asString()).isEqualTo(info.getServerVersion());
    assertThat(node.path("docker_graphdriver").asString()).isEqualTo(info.getDriver());
    assertThat(node.path("operating_system").asString()).isEqualTo(info.getOperatingSystem());
    assertThat(node.path("docker_api_version").asString()).matches("1\\.\\d+");
    assertThat(node.path("cgroup_version").asString()).matches("[12]");
    assertThat(node.path("rootless").asBoolean(true)).isFalse();
    assertThat(node.path("public_ip").asString()).isEqualTo(host);
    assertThat(node.path("cpu").asInt()).isEqualTo(info.getNCPU());
    assertThat(node.path("memory").asLong()).isEqualTo(info.getMemTotal() / 1024 / 1024);
    assertThat(node.path("disk").asLong()).isPositive();
    var port = Program.freePort();
    var fixed = Map.of("protocol", "tcp", "inner_port", 80, "outer_port", port);
    var uri = running("first", Map.of("container_ports", List.of(fixed)));
    await().atMost(PATIENCE).until(() -> api.page(host, port).contains("hello"));
    var second = create("second", Map.of("container_ports", List.of(fixed)));
    assertThat(api.post(second + "start/").raw().body()).contains(Integer.toString(port));
    end(uri);
    end(second);
  }

  void healthChecks() {
    var command = "sh -c 'sleep 2; touch /tmp/ready; exec httpd -f -p 80 -h /www'";
    for (var check :
        List.of(
            Map.of("type", "command", "command", "ls /tmp/ready"),
            Map.of("type", "http", "port", 80, "path", "/"),
            Map.of("type", "tcp", "port", 80))) {
      var asked = new HashMap<String, Object>(check);
      asked.putAll(Map.of("interval", 1, "timeout", 10, "retries", 30));
      var uri = running("checked", Map.of("run_command", command, "health_check", asked));
      var ready = engine.containersOf(uuid(uri)).getFirst();
      assertThat(exec(uri, "ls /tmp")).as(ready.getStatus()).contains("ready");
      end(uri);
    }
    var never = Map.of("type", "command", "command", "false", "interval", 1, "retries", 2);
    var uri = create("never", Map.of("health_check", never));
    var started = api.post(uri + "start/").is(202);
    awaitAction(started, "Failed");
    end(uri);
  }

  void logs() {
    var command =
        "sh -c 'i=0; while [ $i -lt %d ]; do echo $i; i=$((i + 1)); done; echo worse >&2;"
            + " head -c %d /dev/zero | tr \"\\0\" x; echo; sleep 3600'";
    var uri = running("talks", Map.of("run_command", command.formatted(LINES, LONG_LINE)));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(lines(uri)).hasSize(LINES + 2));
    assertThat(of("stdout", lines(uri)).subList(0, LINES))
        .isEqualTo(IntStream.range(0, LINES).mapToObj(Integer::toString).toList());
    assertThat(of("stdout", lines(uri)).getLast()).isEqualTo("x".repeat(LONG_LINE));
    assertThat(of("stderr", lines(uri))).containsExactly("worse");
    end(uri);
  }

  void exec() throws Exception {
    var uri = running("shell", Map.of());
    assertThat(exec(uri, "sh -c 'echo $COLOUR; echo $((6 * 7))'")).isEqualTo("red\r\n42\r\n");
    var terminal = containers(uri).getFirst().path("resource_uri").asString() + "exec/";
    assertThat(api.terminal(terminal + "?command=sh&w=80&h=25", "echo a$((1 + 1))b; exit\n"))
        .contains("a2b");
    end(uri);
  }

  void endsAndRestarts() {
    var fails = started("fails", Map.of("run_command", "sh -c 'sleep 4; exit 7'"));
    awaitState(fails, "Stopped");
    assertThat(containers(fails).getFirst().path("exit_code").asInt()).isEqualTo(7);
    end(fails);
    var again = Map.of("run_command", "sh -c 'sleep 4; exit 1'", "autorestart", "ALWAYS");
    var uri = started("again", again);
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                engine
                        .client()
                        .inspectContainerCmd(engine.containersOf(uuid(uri)).getFirst().getId())
                        .exec()
                        .getRestartCount()
                    > 0);
    end(uri);
  }

  /** A change of the daemon that its containers must not notice, nor Slipway's users. */
  void survives(Change change) throws Exception {
    var uri = running("stays", Map.of("run_command", COUNTS, "target_num_containers", 2));
    var before = engine.containersOf(uuid(uri));
    change.make();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(engine.runningOf(uuid(uri))).isEqualTo(2));
    assertThat(ids(engine.containersOf(uuid(uri)))).isEqualTo(ids(before));
    api.patch(uri, Map.of("target_num_containers", 3)).is(200);
    api.post(uri + "scale/").is(202);
    await().atMost(PATIENCE).until(() -> engine.runningOf(uuid(uri)) == 3);
    awaitState(uri, "Running");
    assertThat(ids(engine.containersOf(uuid(uri)))).containsAll(ids(before));
    int read = lines(uri).size();
    await().atMost(PATIENCE).until(() -> lines(uri).size() > read + 10);
    for (var container : containers(uri)) {
      var numbers = of("stdout", lines(container.path("resource_uri").asString()));
      assertThat(numbers)
          .isEqualTo(IntStream.rangeClosed(1, numbers.size()).mapToObj(Integer::toString).toList());
    }
    api.post(uri + "redeploy/").is(202);
    awaitState(uri, "Running");
    end(uri);
  }

  /** What somebody does to an Engine. */
  @FunctionalInterface
  interface Change {
    void make() throws Exception;
  }

  private static List<String> ids(List<Container> containers) {
    return containers.stream().map(Container::getId).sorted().toList();
  }
}
