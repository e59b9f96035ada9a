package dev.slipway.benchmarks;

import static dev.slipway.benchmarks.measure.Role.LIMIT;
import static dev.slipway.benchmarks.measure.Role.PEER;
import static dev.slipway.benchmarks.measure.Role.SLIPWAY;

import dev.slipway.benchmarks.http.Connection;
import dev.slipway.benchmarks.measure.Rounds.Contender;
import dev.slipway.benchmarks.measure.Row;
import dev.slipway.benchmarks.processes.EngineApi;
import java.util.List;

/**
 * The cost of a network of its own for each namespace: the Engine's calls alone, as the agent makes
 * them, with other calls for the same, and on the Engine's default bridge.
 */
final class NetworkStarts implements Workload {

  private static final String NETWORK = "slipway-benchmark-network";
  private static final String HOST =
      """
      {"Image":"%s","Env":["A=b","KEY=value"],"HostConfig":{"Init":true%s}%s}""";
  private static final String ENDPOINT = "{\"Aliases\":[\"a\",\"b\"]}";
  private static final String NAMED =
      HOST.formatted(
          EngineApi.IMAGE,
          ",\"NetworkMode\":\"%s\"".formatted(NETWORK),
          ",\"NetworkingConfig\":{\"EndpointsConfig\":{\"%s\":%s}}".formatted(NETWORK, ENDPOINT));
  private static final String DEFAULT = HOST.formatted(EngineApi.IMAGE, "", "");
  private static final String CONNECT =
      "{\"Container\":\"%s\",\"EndpointConfig\":" + ENDPOINT + "}";
  private static final String DISCONNECT = "{\"Container\":\"%s\",\"Force\":true}";

  @Override
  public List<Row> measure(Run run) throws Exception {
    var engine = new EngineApi();
    createNetwork(engine);
    try {
      return List.of(row(run, engine, 1), row(run, engine, 10));
    } finally {
      removeNetwork(engine);
    }
  }

  @Override
  public boolean needsContainers() {
    return true;
  }

  private static Row row(Run run, EngineApi engine, int containers) throws Exception {
    return run.rounds()
        .measure(
            "networks, start of %d".formatted(containers),
            "ms",
            List.of(
                new Contender(
                    SLIPWAY,
                    "create in the network of a namespace, start: the agent's calls",
                    () -> EngineContainers.start(engine, containers, NAMED, _ -> {})),
                new Contender(
                    PEER,
                    "create on the default bridge, connect to the network of the namespace,"
                        + " disconnect from the bridge, start",
                    () ->
                        EngineContainers.start(
                            engine, containers, DEFAULT, created -> move(created))),
                new Contender(
                    LIMIT,
                    "create and start on the default bridge, without names",
                    () -> EngineContainers.start(engine, containers, DEFAULT, _ -> {}))));
  }

  private static void move(EngineContainers.Created created) {
    var connection = created.connection();
    var network = "/networks/" + NETWORK;
    var _ =
        connection
            .post(network + "/connect", CONNECT.formatted(created.id()))
            .orThrow("network connect");
    var _ =
        connection
            .post("/networks/bridge/disconnect", DISCONNECT.formatted(created.id()))
            .orThrow("network disconnect");
  }

  private static void createNetwork(EngineApi engine) {
    removeNetwork(engine);
    try (Connection connection = engine.connect()) {
      var _ =
          connection
              .post("/networks/create", "{\"Name\":\"%s\"}".formatted(NETWORK))
              .orThrow("network create");
    }
  }

  /** One that an earlier run has left too; there may be none. */
  private static void removeNetwork(EngineApi engine) {
    try (Connection connection = engine.connect()) {
      var _ = connection.delete("/networks/" + NETWORK);
    }
  }
}
