package dev.slipway.acceptance;

import static dev.slipway.acceptance.Slipway.API_KEY;
import static dev.slipway.acceptance.Slipway.USER;

import dev.slipway.standalone.embedded.EmbeddedDatabase;
import dev.slipway.standalone.embedded.EmbeddedKafka;
import dev.slipway.standalone.embedded.EmbeddedMongo;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each service as a process of its own, against one Kafka, one PostgreSQL and one MongoDB. */
class SplitTest {

  private final int commandPort = Program.freePort();
  private final int queryPort = Program.freePort();

  @Test
  void carriesAServiceThroughItsWholeLife(@TempDir Path data) throws Exception {
    try (var kafka = EmbeddedKafka.start(data.resolve("kafka"), 0);
        var postgres =
            EmbeddedDatabase.start(
                data.resolve("postgres"), data.resolve("programs"), data.resolve("postgres.log"));
        var mongo = EmbeddedMongo.start();
        var query =
            Program.service(
                "query-service",
                Map.of(
                    "SLIPWAY_PORT", Integer.toString(queryPort),
                    "SLIPWAY_USER", USER,
                    "SLIPWAY_APIKEY", API_KEY,
                    "SLIPWAY_KAFKA", kafka.bootstrapServers(),
                    "SLIPWAY_KAFKA_PROPERTIES", kafka.clientProperties().toString(),
                    "SLIPWAY_MONGODB", mongo.connectionString("slipway")),
                data.resolve("query.txt"));
        var command =
            Program.service(
                "command-service",
                Map.of(
                    "SLIPWAY_PORT", Integer.toString(commandPort),
                    "SLIPWAY_USER", USER,
                    "SLIPWAY_APIKEY", API_KEY,
                    "SLIPWAY_QUERY", base(queryPort),
                    "SLIPWAY_KAFKA", kafka.bootstrapServers(),
                    "SLIPWAY_KAFKA_PROPERTIES", kafka.clientProperties().toString(),
                    "SLIPWAY_POSTGRES", postgres.jdbcUrl()),
                data.resolve("command.txt"));
        var agent =
            Program.service(
                "node-agent",
                Map.of(
                    "SLIPWAY_KAFKA", kafka.bootstrapServers(),
                    "SLIPWAY_KAFKA_PROPERTIES", kafka.clientProperties().toString(),
                    "SLIPWAY_NODE_NAME", "here",
                    "SLIPWAY_DATA", data.resolve("node").toString()),
                data.resolve("agent.txt"))) {
      Slipway.awaitReady(command, base(commandPort));
      Slipway.awaitReady(query, base(queryPort));
      var api = new Api(base(queryPort), base(commandPort), USER, API_KEY);
      Slipway.awaitNode(api);
      new ServiceLifeScenario(api, new Engine()).play();
      org.assertj.core.api.Assertions.assertThat(agent.isAlive()).as(agent.printed()).isTrue();
    }
  }

  private static String base(int port) {
    return "http://127.0.0.1:" + port;
  }
}
