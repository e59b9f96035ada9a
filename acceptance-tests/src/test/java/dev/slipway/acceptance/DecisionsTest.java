package dev.slipway.acceptance;

import static dev.slipway.acceptance.Api.SERVICES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * What holds where the page of the old API says nothing. The numbers are those of the list in
 * {@code docs/conformance.md}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DecisionsTest {

  private static final String IMAGE = "demo/hello";
  private static final String ACTION = "X-DockerCloud-Action-URI";

  private static Slipway slipway;
  private static Api api;

  @BeforeAll
  static void start(@TempDir Path data) {
    slipway = Slipway.simulated(data, Map.of("SLIPWAY_OPERATION_DEADLINE", "6s"));
    api = slipway.api();
  }

  @AfterAll
  static void stop() {
    slipway.close();
  }

  private static String create(String name, Object... more) {
    var body = new HashMap<String, Object>(Map.of("image", IMAGE, "name", name));
    for (int i = 0; i < more.length; i += 2) {
      body.put((String) more[i], more[i + 1]);
    }
    return api.post(SERVICES, body).is(201).text("resource_uri");
  }

  private static void awaitState(String uri, String state) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> assertThat(api.get(uri).is(200).text("state")).isEqualTo(state));
  }

  /** A service that is in the state. */
  private static String serviceIn(String state) {
    var uri = create("in-" + state.toLowerCase(java.util.Locale.ROOT).replace(' ', '-'));
    if (!state.equals("Not running")) {
      api.post(uri + "start/").is(202);
      awaitState(uri, "Running");
    }
    switch (state) {
      case "Stopped" -> api.post(uri + "stop/").is(202);
      case "Partly running" -> {
        api.patch(uri, Map.of("target_num_containers", 2)).is(200);
        api.post(uri + "scale/").is(202);
        await().until(() -> api.get(uri).json().path("running_num_containers").asInt() == 2);
        awaitState(uri, "Running");
        api.post(api.get(uri).json().path("containers").path(0).asString() + "stop/").is(202);
      }
      case "Terminated" -> api.delete(uri).is(202);
      default -> {}
    }
    awaitState(uri, state);
    return uri;
  }

  private static List<JsonNode> objects(Api.Answer answer) {
    return StreamSupport.stream(answer.is(200).json().path("objects").spliterator(), false)
        .toList();
  }

  private static Api.Answer actionOf(Api.Answer answer) {
    return api.get(answer.raw().headers().firstValue(ACTION).orElseThrow()).is(200);
  }

  @Test
  void d01AnswersEachKindOfWriteWithItsStatus() {
    var uri = create("statuses");
    api.patch(uri, Map.of("nickname", "n")).is(200);
    api.post(uri + "stop/").is(409);
    api.post(uri + "start/").is(202);
    awaitState(uri, "Running");
    api.delete(uri).is(202);
  }

  @Test
  void d02StartsNothingByAChange() {
    var uri = create("patient");
    api.patch(uri, Map.of("target_num_containers", 3)).is(200);
    var service = api.get(uri).json();
    assertThat(service.path("target_num_containers").asInt()).isEqualTo(3);
    assertThat(service.path("current_num_containers").asInt()).isZero();
    assertThat(service.path("state").asString()).isEqualTo("Not running");
  }

  @ParameterizedTest
  @CsvSource({"Not running", "Running", "Partly running", "Stopped"})
  void d03ScalesInEveryStableState(String state) {
    api.post(serviceIn(state) + "scale/").is(202);
  }

  @ParameterizedTest
  @CsvSource({
    "Not running,202,202",
    "Running,409,202",
    "Partly running,202,202",
    "Stopped,202,202",
    "Terminated,409,409"
  })
  void d04StartsAndRedeploysWhereThatIsAllowed(String state, int start, int redeploy) {
    api.post(serviceIn(state) + "start/").is(start);
    api.post(serviceIn(state) + "redeploy/").is(redeploy);
  }

  @Test
  void d05EndsAnOperationAtItsDeadline() {
    var uri = create("nowhere", "tags", List.of("no-such-node"));
    var started = api.post(uri + "start/").is(202);
    awaitState(uri, "Not running");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(actionOf(started).text("state")).isEqualTo("Failed"));
  }

  @Test
  void d06KeepsWhatIsTerminatedOutOfTheWayOfWhatLives() {
    var gone = serviceIn("Terminated");
    var name = api.get(gone).text("name");
    assertThat(objects(api.get(SERVICES + "?name=" + name))).isNotEmpty();
    var lives = create(name);
    assertThat(objects(api.get(SERVICES + "?name=" + name)))
        .extracting(service -> service.path("resource_uri").asString())
        .containsExactly(lives);
    assertThat(api.get(gone).text("state")).isEqualTo("Terminated");
  }

  @Test
  void d07LetsServicesShareAName() {
    assertThat(create("twins")).isNotEqualTo(create("twins"));
    assertThat(objects(api.get(SERVICES + "?name=twins"))).hasSize(2);
  }

  @Test
  void d08ListsServicesWithoutTheirLongParts() {
    create("short");
    var listed = objects(api.get(SERVICES + "?name=short")).getFirst();
    assertThat(listed.has("link_variables")).isFalse();
    assertThat(listed.has("calculated_envvars")).isFalse();
    var whole = api.get(listed.path("resource_uri").asString()).json();
    assertThat(whole.has("link_variables")).isTrue();
    assertThat(whole.has("calculated_envvars")).isTrue();
  }

  @Test
  void d09RefusesUnknownFiltersAndPassesOverUnknownKeys() {
    assertThat(api.get(SERVICES + "?colour=red").is(400).text("error")).contains("colour");
    assertThat(api.get(SERVICES + "?state=Asleep").is(400).text("error")).contains("state");
    assertThat(
            api.post(SERVICES, Map.of("image", IMAGE, "autorestart", "SOMETIMES"))
                .is(400)
                .text("error"))
        .contains("autorestart");
    create("tolerant", "autoreplace", "OFF", "web_public_dns", 7);
  }

  @Test
  void d10PublishesWhatHasAnOuterPortAndPagesByTwentyFive() {
    var uri =
        create(
            "outer",
            "container_ports",
            List.of(Map.of("protocol", "tcp", "inner_port", 80, "outer_port", 8080)));
    var port = api.get(uri).json().path("container_ports").path(0);
    assertThat(port.path("published").asBoolean()).isTrue();
    IntStream.range(0, 30).forEach(_ -> create("many"));
    assertThat(objects(api.get(SERVICES + "?name=many"))).hasSize(25);
    assertThat(objects(api.get(SERVICES + "?name=many&limit=100"))).hasSize(30);
    var most = api.get(SERVICES + "?limit=1000").is(200).json().path("meta").path("limit");
    assertThat(most.asInt()).isEqualTo(100);
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void d11MakesWhoeverGuessesKeysWait() {
    var guesser = slipway.apiOf("somebody", "0".repeat(40));
    await().atMost(Duration.ofSeconds(20)).until(() -> guesser.get(SERVICES).status() == 429);
    var refused = guesser.get(SERVICES).is(429);
    assertThat(refused.raw().headers().firstValue("Retry-After")).isPresent();
    assertThat(refused.text("error")).isNotEmpty();
    api.get(SERVICES).is(200);
  }

  @Test
  void d12KeepsWhatWasRefusedAsAFailedAction() {
    var content = api.post(SERVICES, Map.of("image", "")).is(400);
    assertThat(actionOf(content).text("state")).isEqualTo("Failed");
    var state = api.post(create("refused") + "stop/").is(409);
    assertThat(actionOf(state).text("state")).isEqualTo("Failed");
    var login = slipway.apiOf("nobody", "wrong").post(SERVICES, Map.of("image", IMAGE)).is(401);
    assertThat(login.raw().headers().firstValue(ACTION)).isEmpty();
    var size = api.postRaw(SERVICES, "{\"image\":\"" + "x".repeat(3_000_000) + "\"}").is(413);
    assertThat(size.raw().headers().firstValue(ACTION)).isEmpty();
  }
}
