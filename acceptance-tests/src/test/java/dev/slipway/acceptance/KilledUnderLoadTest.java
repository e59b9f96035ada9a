package dev.slipway.acceptance;

import static dev.slipway.acceptance.Slipway.API_KEY;
import static dev.slipway.acceptance.Slipway.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.acceptance.Acknowledged.Found;
import dev.slipway.model.Namespace;
import dev.slipway.runtime.KafkaLogins;
import dev.slipway.standalone.audit.ApiReading;
import dev.slipway.standalone.audit.Audit;
import dev.slipway.standalone.audit.Engines;
import dev.slipway.standalone.audit.Progress;
import dev.slipway.standalone.embedded.EmbeddedDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Kills the process while clients write: no acknowledged command may be lost. {@code
 * -Dkilled.seed=…} kills after the same pauses.
 */
class KilledUnderLoadTest {

  private static final int CLIENTS = 8;
  private static final int KILLS = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final long SEED = Long.getLong("killed.seed", System.nanoTime());

  private final Random random = new Random(SEED);
  private final int port = Program.freePort();
  private final int kafkaPort = Program.freePort();
  private final WritingClients clients = new WritingClients(() -> api("127.0.0.1:" + port));

  private static Api api(String address) {
    return new Api("http://" + address, "http://" + address, USER, API_KEY);
  }

  @Test
  void losesAndDoublesNothing(@TempDir Path data) throws Exception {
    System.out.println("killed.seed=" + SEED);
    var slipway = Slipway.simulated(data, port, kafkaPort, Map.of());
    try (var threads = Executors.newFixedThreadPool(CLIENTS);
        AutoCloseable _ = clients::end) {
      var running = new ArrayList<Future<?>>();
      for (int client = 1; client <= CLIENTS; client++) {
        int number = client;
        running.add(threads.submit(() -> clients.write(number)));
      }
      for (int kill = 0; kill < KILLS; kill++) {
        awaitAnswers();
        clients.pauseWhenUnanswered();
        slipway.kill();
        slipway = Slipway.simulated(data, port, kafkaPort, Map.of());
        clients.goOn();
      }
      awaitAnswers();
      clients.end();
      for (var client : running) {
        client.get();
      }
      assertNothingLost(slipway.api(), data);
      assertThat(clients.unanswered()).as("writes that a kill met").isPositive();
    } finally {
      slipway.close();
    }
  }

  /** So many that a kill may come at any moment of a write. */
  private void awaitAnswers() {
    int enough = clients.answered() + random.nextInt(40, 120);
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> clients.answered() >= enough);
  }

  private void assertNothingLost(Api api, Path data) {
    var broken = new ArrayList<String>();
    for (var service : clients.services()) {
      broken.addAll(service.broken(found(api, service.uuid())));
    }
    for (var name : clients.names()) {
      int times = objects(api, "/api/app/v1/service/?name=" + name).size();
      if (times > 1) {
        broken.add("%s is there %d times".formatted(name, times));
      }
    }
    broken.addAll(clients.refused());
    System.out.printf(
        "%d services, %d writes answered and %d not, %d kills, lost: %d%n",
        clients.services().size(), clients.answered(), clients.unanswered(), KILLS, broken.size());
    assertThat(broken).isEmpty();
    assertLogAndViewsAgree(data);
  }

  private static Found found(Api api, String uuid) {
    var uri = "/api/app/v1/service/" + uuid + "/";
    var service = api.get(uri);
    if (service.status() == 404) {
      return Found.NOTHING;
    }
    int creations = 0;
    var changes = new ArrayList<String>();
    for (var event : objects(api, uri + "history/?limit=100")) {
      if (event.path("type").asString().equals("ServiceCreated")) {
        creations++;
        continue;
      }
      for (var change : event.path("changes")) {
        if (change.path("attribute").asString().equals("nickname")) {
          changes.add(change.path("to").asString());
        }
      }
    }
    var value = service.is(200).text("nickname");
    return new Found(creations, changes, value.equals(service.text("name")) ? "" : value);
  }

  private static List<JsonNode> objects(Api api, String list) {
    return api.get(list).is(200).json().path("objects").valueStream().toList();
  }

  /** PostgreSQL has unbroken sequences, Kafka each event, and the views are what they make. */
  private void assertLogAndViewsAgree(Path data) {
    KafkaLogins.use("127.0.0.1:" + kafkaPort, data.resolve("secrets/kafka.properties"));
    try (var reads =
        new ApiReading("http://127.0.0.1:" + port, new Namespace(USER), USER, API_KEY)) {
      var audit =
          new Audit(
              () -> EmbeddedDatabase.urlOfRunning(data.resolve("postgres")).orElseThrow(),
              "127.0.0.1:" + kafkaPort,
              reads,
              Engines.NONE,
              InstantSource.system(),
              Progress.NONE);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                var findings = audit.look();
                assertThat(findings.isClean()).as(findings.report()).isTrue();
                assertThat(findings.services()).isGreaterThanOrEqualTo(clients.services().size());
              });
    }
  }
}
