package dev.slipway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which agents bring a node, where a token is needed: each is a process of its own. */
class NodeRegistrationTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String TOKENS = "/api/infra/v1/acme/token/";
  private static final String NODES = "/api/infra/v1/acme/node/";

  private final int port = Program.freePort();
  private final int kafkaPort = Program.freePort();
  private final List<Program> agents = new ArrayList<>();
  @TempDir private Path data;

  @AfterEach
  void stop() {
    agents.forEach(Program::close);
  }

  private Slipway up(Map<String, String> settings) {
    return Slipway.simulated(data, port, kafkaPort, settings);
  }

  /**
   * @param token empty for none
   */
  private Program agent(String name, String token) throws IOException {
    var folder = Files.createDirectories(data.resolve(name));
    var environment =
        new HashMap<>(
            Map.of(
                "SLIPWAY_KAFKA",
                "127.0.0.1:" + kafkaPort,
                "SLIPWAY_KAFKA_PROPERTIES",
                data.resolve("secrets/kafka.properties").toString(),
                "SLIPWAY_SIMULATED",
                "true",
                "SLIPWAY_NODE_NAME",
                name,
                "SLIPWAY_DATA",
                folder.toString()));
    environment.put("SLIPWAY_NODE_TOKEN", token);
    var agent = Program.service("node-agent", environment, folder.resolve("output.txt"));
    agents.add(agent);
    return agent;
  }

  /** What a first start leaves: its own node, an organisation, and a token that has expired. */
  private String expiredToken() {
    try (var open = up(Map.of("SLIPWAY_NODE_TOKEN_VALIDITY", "1ms"))) {
      var organisations = "/api/account/v1/organisation/";
      open.api().post(organisations, Map.of("name", "acme")).is(201);
      var member = Map.of("user", Slipway.USER, "role", "admin");
      open.api().post(organisations + "acme/member/", member).is(201);
      return token(open.api());
    }
  }

  private static String token(Api api) {
    return api.post(TOKENS).is(201).text("token");
  }

  private static List<String> nodes(Api api, String state) {
    return api.get(NODES + "?state=" + state)
        .is(200)
        .json()
        .path("objects")
        .valueStream()
        .map(node -> node.path("nickname").asString())
        .sorted()
        .toList();
  }

  private void awaitTurnedAway(String... names) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              var log = Files.readString(data.resolve("slipway.log"));
              for (var name : names) {
                assertThat(log).containsPattern("Node " + name + " \\(.*\\) is not let in");
              }
            });
  }

  private static void awaitNodes(Api api, String state, String... names) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(nodes(api, state)).containsExactly(names));
  }

  @Test
  void onlyATokenThatHoldsLetsNodesInAndWhatIsInStaysIn() throws Exception {
    var expired = expiredToken();
    try (var closed =
        up(Map.of("SLIPWAY_NODE_REGISTRATION", "token", "SLIPWAY_NODE_TIMEOUT", "4s"))) {
      var api = closed.api();
      var token = token(api);
      agent("without", "");
      agent("wrong", token + "x");
      agent("late", expired);
      awaitTurnedAway("without", "wrong", "late");
      var first = agent("first", token);
      agent("second", token);
      awaitNodes(api, "Deployed", "first", "second");
      assertThat(api.get(NODES).is(200).json().path("meta").path("total_count").asInt())
          .isEqualTo(2);
      assertThat(api.get("/api/infra/v1/admin/node/").is(200).json().path("objects"))
          .as("of the settings' user there is its own, from before a token was needed")
          .hasSize(1);
      first.kill();
      awaitNodes(api, "Unreachable", "first");
      agent("first", "");
      awaitNodes(api, "Deployed", "first", "second");
    }
  }
}
