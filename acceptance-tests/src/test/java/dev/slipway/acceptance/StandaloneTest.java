package dev.slipway.acceptance;

import static dev.slipway.acceptance.Api.SERVICES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All in one process, seen from outside, with real containers. */
class StandaloneTest {

  private final Engine engine = new Engine();
  private final int port = Program.freePort();
  private final int kafkaPort = Program.freePort();

  @Test
  void carriesAServiceThroughItsWholeLife(@TempDir Path data) throws Exception {
    try (var slipway = Slipway.up(data, port, kafkaPort)) {
      new ServiceLifeScenario(slipway.api(), engine).play();
    }
  }

  @Test
  void aFirstStartAndAFirstServiceAreQuietInTheLog(@TempDir Path data) throws Exception {
    long begin = System.nanoTime();
    try (var slipway = Slipway.up(data, port, kafkaPort)) {
      assumeThat(Duration.ofNanos(System.nanoTime() - begin))
          .as("a start of an ordinary machine: Kafka rightly warns of one that is starved")
          .isLessThan(Duration.ofMinutes(1));
      var calls = new ServiceCalls(slipway.api(), engine) {};
      calls.end(calls.running("quiet", Map.of()));
      assertThat(Files.readAllLines(data.resolve("slipway.log")))
          .anyMatch(line -> line.contains("built from"))
          .noneMatch(line -> line.contains(" WARN ") || line.contains(" ERROR "))
          .noneMatch(line -> line.startsWith("\tat ") || line.contains("Exception"));
    }
  }

  @Test
  void carriesOutWhatItAcknowledgedBeforeItWasKilled(@TempDir Path data) {
    var uuid = "";
    try {
      String uri;
      try (var slipway = Slipway.up(data, port, kafkaPort)) {
        var api = slipway.api();
        var created =
            api.post(
                    SERVICES,
                    Map.of("image", Engine.IMAGE, "name", "phoenix", "target_num_containers", 3))
                .is(201);
        uuid = created.text("uuid");
        uri = created.text("resource_uri");
        api.post(uri + "start/").is(202);
        slipway.kill();
      }
      try (var slipway = Slipway.up(data, port, kafkaPort)) {
        var api = slipway.api();
        await()
            .atMost(Duration.ofSeconds(60))
            .untilAsserted(
                () -> assertThat(api.get(uri).is(200).text("state")).isEqualTo("Running"));
        assertThat(engine.runningOf(uuid)).isEqualTo(3);
        assertThat(engine.containersOf(uuid)).hasSize(3);
        api.delete(uri).is(202);
        await()
            .atMost(Duration.ofSeconds(60))
            .untilAsserted(
                () -> assertThat(api.get(uri).is(200).text("state")).isEqualTo("Terminated"));
        assertThat(engine.containersOf(uuid)).isEmpty();
      }
    } finally {
      engine.removeAllOf(uuid);
    }
  }

  @Test
  void refusesBadInputInWordsAndStaysHealthy(@TempDir Path data) {
    try (var slipway = Slipway.up(data, port, kafkaPort)) {
      var api = slipway.api();
      assertThat(api.post(SERVICES, Map.of()).is(400).text("error")).isEqualTo("image is required");
      assertThat(api.postRaw(SERVICES, "{nonsense").is(400).text("error")).contains("no JSON");
      assertThat(api.get(SERVICES + "?colour=red").is(400).text("error")).contains("colour");
      assertThat(api.get(SERVICES + "?state=Sleeping").is(400).text("error")).contains("state");
      api.get(SERVICES + "5e0c7d7e-0000-4000-8000-00000000dead/").is(404);
      api.get("/api/app/v1/somebody-else/service/").is(404);
      var anonymous = new Api(base(), base(), "admin", "wrong");
      anonymous.get(SERVICES).is(401);
      var uri = api.post(SERVICES, Map.of("image", Engine.IMAGE)).is(201).text("resource_uri");
      api.post(uri + "stop/").is(409);
      assertThat(api.get(uri).is(200).text("state")).isEqualTo("Not running");
      api.delete(uri).is(202);
    }
  }

  private String base() {
    return "http://127.0.0.1:" + port;
  }
}
