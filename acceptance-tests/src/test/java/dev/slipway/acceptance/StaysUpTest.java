package dev.slipway.acceptance;

import static dev.slipway.acceptance.Api.SERVICES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operations on what crashes, on real containers, with the settings that a user has. */
class StaysUpTest {

  private static final String NOT_THERE = "/nope";

  @Test
  void aRedeployOfWhatCrashesIsFailedAndRolledBackWhereThatIsAskedFor(@TempDir Path data)
      throws Exception {
    var engine = new Engine();
    var uuid = "";
    try (var slipway =
        Slipway.up(data, Program.freePort(), Program.freePort(), Map.of("SLIPWAY_MONITOR", "3s"))) {
      var api = slipway.api();
      var service =
          Map.of(
              "image",
              Engine.IMAGE,
              "name",
              "staysup",
              "target_num_containers",
              3,
              "autorestart",
              "ALWAYS");
      var created = api.post(SERVICES, service).is(201);
      uuid = created.text("uuid");
      var uri = created.text("resource_uri");
      assertThat(over(api, uri + "start/").text("state")).isEqualTo("Success");
      api.patch(uri, Map.of("run_command", NOT_THERE)).is(200);
      var failed = over(api, uri + "redeploy/");
      assertThat(failed.text("state")).isEqualTo("Failed");
      assertThat(failed.text("reason")).contains("again and again");
      api.patch(uri, Map.of("run_command", "")).is(200);
      assertThat(over(api, uri + "redeploy/").text("state")).isEqualTo("Success");
      api.patch(uri, Map.of("run_command", NOT_THERE, "deploy_rollback", true)).is(200);
      var rolledBack = over(api, uri + "redeploy/");
      assertThat(rolledBack.text("state")).isEqualTo("Failed");
      assertThat(rolledBack.text("reason")).contains("again and again", "rolled back");
      assertThat(api.get(uri).json().path("running_num_containers").asInt()).isEqualTo(3);
      assertThat(api.get(uri).json().path("synchronized").asBoolean()).isTrue();
    } finally {
      engine.removeAllOf(uuid);
    }
  }

  /** Waits for the end of the action, and returns it. */
  private static Api.Answer over(Api api, String uri) {
    var action =
        api.post(uri).is(202).raw().headers().firstValue("X-DockerCloud-Action-URI").orElseThrow();
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> !api.get(action).is(200).text("state").equals("In progress"));
    return api.get(action);
  }
}
