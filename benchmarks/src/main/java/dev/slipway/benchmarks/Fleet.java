package dev.slipway.benchmarks;

import dev.slipway.agent.engine.Found;
import dev.slipway.benchmarks.http.Connection;
import dev.slipway.benchmarks.processes.EngineApi;
import dev.slipway.benchmarks.processes.Pause;
import dev.slipway.benchmarks.processes.Slipway;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Simulated agents of a Slipway, the services on them, and what its API says of both. */
final class Fleet implements AutoCloseable {

  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final int BETWEEN_LOOKS_MS = 250;
  private static final int PAGE = 100;
  private static final String NODES = "/api/infra/v1/node/";
  private static final String CONTAINERS = "/api/app/v1/container/";
  private static final String FAILED = "/api/audit/v1/action/?state=Failed";
  private static final String DEFINITION =
      """
      {"image":"%s","name":"%s","target_num_containers":%d,"tags":[{"name":"%s"}]}""";

  private final SimulatedAgents agents;
  private final Connection connection;

  Fleet(Slipway slipway, int count, Path folder) {
    connection = slipway.connect();
    agents = new SimulatedAgents(slipway.kafka(), count, folder);
  }

  /** The standalone has a node of its own. */
  void awaitDeployed() {
    await(NODES + "?state=Deployed", agents.all().size() + 1);
  }

  /** Returns the uuids. */
  List<String> create(int services, int each) {
    return IntStream.rangeClosed(1, services)
        .mapToObj(number -> create("scale-" + number, each))
        .toList();
  }

  private String create(String name, int containers) {
    var body = DEFINITION.formatted(EngineApi.IMAGE, name, containers, SimulatedAgents.TAG);
    var answer = connection.post(Slipway.SERVICES, body).orThrow("create");
    return answer.json().path("uuid").asString();
  }

  void start(String service) {
    var _ = connection.post(Slipway.SERVICES + service + "/start/", null).orThrow("start");
  }

  void terminate(String service) {
    var _ = connection.delete(Slipway.SERVICES + service + "/").orThrow("terminate");
  }

  void awaitRunning(int services, int containers) {
    await(CONTAINERS + "?state=Running", containers);
    await(Slipway.SERVICES + "?state=Running", services);
    expect(CONTAINERS + "?state=Terminated", 0); // none was replaced
  }

  void awaitGone() {
    for (var state : List.of("Running", "Stopping", "Stopped", "Terminating")) {
      await(Slipway.SERVICES + "?state=" + state, 0);
      await(CONTAINERS + "?state=" + state, 0);
    }
  }

  private void await(String list, int wanted) {
    long end = System.nanoTime() + LONGEST.toNanos();
    for (int seen = count(list); seen != wanted; seen = count(list)) {
      expect(NODES + "?state=Unreachable", 0);
      agents.check();
      if (System.nanoTime() > end) {
        throw new IllegalStateException("%s has %d, not %d".formatted(list, seen, wanted));
      }
      Pause.millis(BETWEEN_LOOKS_MS);
    }
  }

  /**
   * Nothing has failed, and what the API says is what the Engines have.
   *
   * @throws IllegalStateException if it is not so
   */
  void check(int running) {
    expect(FAILED, 0);
    expect(NODES + "?state=Unreachable", 0);
    expect(CONTAINERS + "?state=Running", running);
    expect(CONTAINERS + "?state=Starting", 0);
    var told = containersByNode();
    for (var agent : agents.all()) {
      var found = agent.containers();
      long up = found.stream().filter(one -> one.state() == Found.State.RUNNING).count();
      int said = told.getOrDefault(agent.node().value(), 0);
      if (found.size() != said || up != said) {
        throw new IllegalStateException(
            "Node %s has %d containers, %d of them running, not %d"
                .formatted(agent.node(), found.size(), up, said));
      }
    }
  }

  private Map<String, Integer> containersByNode() {
    var counts = new HashMap<String, Integer>();
    for (int offset = 0; offset <= agents.all().size(); offset += PAGE) {
      connection
          .get(NODES + "?limit=%d&offset=%d".formatted(PAGE, offset))
          .orThrow("list")
          .json()
          .path("objects")
          .forEach(
              node ->
                  counts.put(
                      node.path("uuid").asString(), node.path("current_num_containers").asInt()));
    }
    return counts;
  }

  private void expect(String list, int wanted) {
    int seen = count(list);
    if (seen != wanted) {
      throw new IllegalStateException("%s has %d, not %d".formatted(list, seen, wanted));
    }
  }

  private int count(String list) {
    var answer = connection.get(list + "&limit=1").orThrow("list");
    return answer.json().path("meta").path("total_count").asInt();
  }

  @Override
  public void close() throws InterruptedException {
    agents.close();
    connection.close();
  }
}
