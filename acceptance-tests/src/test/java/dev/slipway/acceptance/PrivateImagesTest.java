package dev.slipway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of a registry that wants a login, on the Engine of this machine. */
class PrivateImagesTest {

  private static final String REPOSITORIES = "/api/repo/v1/repository/";
  private static final Engine ENGINE = new Engine();
  @TempDir private static Path folder;
  private static RegistryServer registry;
  private static Slipway slipway;
  private static Api api;

  @BeforeAll
  static void start() throws Exception {
    registry = RegistryServer.start(Files.createDirectories(folder.resolve("registry")));
    slipway =
        Slipway.up(
            Files.createDirectories(folder.resolve("data")),
            Program.freePort(),
            Program.freePort());
    api = slipway.api();
  }

  @AfterAll
  static void stop() {
    if (slipway != null) {
      slipway.close();
    }
    if (registry != null) {
      registry.close();
    }
  }

  @Test
  void aPrivateImageRunsOnceItsRepositoryIsRegistered() throws Exception {
    registry.push(ENGINE, "me/private", "1");
    var repository = registry.host() + "/me/private";
    var image = repository + ":1";
    var created = api.post(Api.SERVICES, Map.of("image", image, "name", "private")).is(201);
    var uri = created.text("resource_uri");
    try {
      var refused = over("POST", uri + "start/");
      assertThat(refused.text("state")).isEqualTo("Failed");
      assertThat(refused.text("reason")).contains("no login is registered for " + repository);

      var wrong = login(repository, "wrong");
      assertThat(api.post(REPOSITORIES, wrong).is(400).text("error"))
          .contains("the registry refused the credentials of " + repository);

      var registered = api.post(REPOSITORIES, login(repository, RegistryServer.PASSWORD)).is(201);
      assertThat(registered.json().path("not_checked").isNull()).isTrue();
      assertThat(over("POST", uri + "start/").text("state")).isEqualTo("Success");
      assertThat(ENGINE.runningOf(created.text("uuid"))).isEqualTo(1);
      var shown = api.get(registered.text("resource_uri")).is(200);
      assertThat(shown.json().path("in_use").asBoolean()).isTrue();
      assertThat(shown.raw().body()).doesNotContain(RegistryServer.PASSWORD);
      assertThat(api.get(REPOSITORIES).json().path("objects").path(0).path("name").asString())
          .isEqualTo(repository);

      assertThat(slipway.printed()).doesNotContain(RegistryServer.PASSWORD);
      assertThat(inspected(created.text("uuid"))).doesNotContain(RegistryServer.PASSWORD);
      api.delete(registered.text("resource_uri")).is(200);
      assertThat(api.get(registered.text("resource_uri")).status()).isEqualTo(404);
    } finally {
      remove(created.text("uuid"), image);
    }
  }

  @Test
  void aLoginForAWholeRegistryIsForAllItsRepositories() throws Exception {
    registry.push(ENGINE, "me/one", "1");
    var image = registry.host() + "/me/one:1";
    var body =
        Map.of(
            "host",
            registry.host(),
            "username",
            RegistryServer.USER,
            "password",
            RegistryServer.PASSWORD);
    var registered = api.post("/api/repo/v1/registry/", body).is(201);
    var created = api.post(Api.SERVICES, Map.of("image", image, "name", "one")).is(201);
    try {
      var started = over("POST", created.text("resource_uri") + "start/");
      assertThat(started.text("state")).isEqualTo("Success");
      assertThat(api.get(registered.text("resource_uri")).json().path("in_use").asBoolean())
          .isTrue();
    } finally {
      api.delete(registered.text("resource_uri")).is(200);
      remove(created.text("uuid"), image);
    }
  }

  private static Map<String, String> login(String repository, String password) {
    return Map.of("name", repository, "username", RegistryServer.USER, "password", password);
  }

  /** The container details that any user of the Engine can read. */
  private static String inspected(String uuid) throws IOException {
    var texts = new StringBuilder();
    for (var container : ENGINE.containersOf(uuid)) {
      texts.append(ENGINE.client().inspectContainerCmd(container.getId()).exec());
    }
    return texts.toString();
  }

  private static void remove(String uuid, String image) {
    ENGINE.removeAllOf(uuid);
    try {
      ENGINE.client().removeImageCmd(image).withForce(true).exec();
    } catch (NotFoundException gone) {
      assertThat(gone).isNotNull();
    }
  }

  /** Waits for the end of the action, and returns it. */
  private static Api.Answer over(String method, String uri) {
    var action =
        api.call(method, uri, "")
            .is(202)
            .raw()
            .headers()
            .firstValue("X-DockerCloud-Action-URI")
            .orElseThrow();
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> !api.get(action).is(200).text("state").equals("In progress"));
    return api.get(action);
  }
}
