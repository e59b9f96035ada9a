package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.model.api.ReadModel;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command side as a whole on a real PostgreSQL, over HTTP; nobody reads its Kafka here. */
class CommandServiceTest {

  private static final String SERVICES = "/api/app/v1/service/";
  private static EmbeddedPostgres postgres;
  private static ConfigurableApplicationContext context;
  private static String base;

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(CommandServiceConfiguration.class)
  static class WithoutReaders {
    @Bean
    ReadModel readModel() {
      return (_, _) -> true;
    }
  }

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "on").start();
    context =
        new SpringApplicationBuilder(WithoutReaders.class)
            .properties("spring.config.name=command-service")
            .run(
                "--slipway.port=0",
                "--slipway.user=admin",
                "--slipway.apikey=key",
                "--slipway.query=false",
                "--slipway.kafka=127.0.0.1:1",
                "--slipway.publishing-patience=1h",
                "--slipway.postgres=" + postgres.getJdbcUrl("postgres", "postgres"));
    base = "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
  }

  @AfterAll
  static void stop() throws Exception {
    context.close();
    postgres.close();
  }

  private static HttpResponse<String> send(String method, String path, String body)
      throws Exception {
    var authorization =
        Base64.getEncoder().encodeToString("admin:key".getBytes(StandardCharsets.UTF_8));
    var request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Authorization", "Basic " + authorization)
            .method(method, BodyPublishers.ofString(body))
            .build();
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.ofString());
    }
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  private static String created(String body) throws Exception {
    var answer = send("POST", SERVICES, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return json(answer).path("resource_uri").asString();
  }

  private static JdbcTemplate jdbc() {
    return context.getBean(JdbcTemplate.class);
  }

  private static long count(String sql, Object... values) {
    var count = jdbc().queryForObject(sql, Long.class, values);
    return count == null ? 0 : count;
  }

  @Test
  void usesTheEventStoreThatWasMeant() {
    var axon = context.getBean(org.axonframework.config.Configuration.class);
    assertThat(axon.eventStore()).isInstanceOf(EventStore.class);
    assertThat(axon.eventStore())
        .extracting("storageEngine")
        .isInstanceOf(JdbcEventStorageEngine.class);
    assertThat(jdbc().queryForObject("SHOW fsync", String.class)).isEqualTo("on");
  }

  @Test
  void storesACreatedServiceAndItsAction() throws Exception {
    var answer = send("POST", SERVICES, "{\"image\":\"demo/hello\"}");
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(json(answer).path("state").asString()).isEqualTo("Not running");
    assertThat(json(answer).path("name").asString()).isEqualTo("hello");
    assertThat(json(answer).path("image_name").asString()).isEqualTo("demo/hello:latest");
    var action = answer.headers().firstValue("X-DockerCloud-Action-URI").orElseThrow();
    assertThat(action).matches("/api/audit/v1/action/[0-9a-f-]{36}/");
    var uuid = json(answer).path("uuid").asString();
    assertThat(count("SELECT count(*) FROM events WHERE aggregate_identifier = ?", uuid))
        .isEqualTo(1);
    assertThat(
            jdbc()
                .queryForObject(
                    "SELECT meta_data FROM events WHERE aggregate_identifier = ?",
                    String.class,
                    uuid))
        .contains("\"user\":\"admin\"", "\"ip\":\"127.0.0.1\"");
    assertThat(
            count(
                "SELECT count(*) FROM events WHERE aggregate_identifier = ? AND payload_type ="
                    + " 'ActionTaken'",
                action.split("/")[5]))
        .isEqualTo(1);
  }

  @Test
  void givesTheSameServiceForTheSameIdempotencyKey() throws Exception {
    var uuids =
        IntStream.range(0, 2)
            .mapToObj(_ -> sendWithKey("order-66"))
            .map(answer -> json(answer).path("uuid").asString())
            .toList();
    assertThat(uuids.get(0)).isNotEmpty().isEqualTo(uuids.get(1));
  }

  private static HttpResponse<String> sendWithKey(String key) {
    var request =
        HttpRequest.newBuilder(URI.create(base + SERVICES))
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString("admin:key".getBytes(StandardCharsets.UTF_8)))
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString("{\"image\":\"demo/hello\"}"))
            .build();
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.ofString());
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Test
  void countsEveryOneOfManyConcurrentChanges() throws Exception {
    var uri = created("{\"image\":\"demo/hello\"}");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          threads.invokeAll(
              IntStream.range(0, 150)
                  .<Callable<HttpResponse<String>>>mapToObj(
                      i -> () -> send("PATCH", uri, "{\"memory\":" + (100 + i) + "}"))
                  .toList());
      for (var answer : answers) {
        assertThat(answer.get().statusCode()).as(answer.get().body()).isEqualTo(200);
      }
    }
    var uuid = uri.split("/")[6];
    assertThat(
            jdbc()
                .queryForList(
                    "SELECT sequence_number FROM events WHERE aggregate_identifier = ?"
                        + " ORDER BY sequence_number",
                    Long.class,
                    uuid))
        .containsExactlyElementsOf(IntStream.rangeClosed(0, 150).mapToObj(Long::valueOf).toList());
    await()
        .untilAsserted(
            () ->
                assertThat(
                        count(
                            "SELECT count(*) FROM snapshots WHERE aggregate_identifier = ?", uuid))
                    .isPositive());
    var events = context.getBean(org.axonframework.config.Configuration.class).eventStore();
    assertThat(events.readEvents(uuid).next().getSequenceNumber()).isPositive();
    jdbc()
        .update("UPDATE snapshots SET payload_revision = '0' WHERE aggregate_identifier = ?", uuid);
    assertThat(events.readEvents(uuid).next().getSequenceNumber())
        .as("a snapshot of an older form is passed over")
        .isZero();
  }

  @Test
  void readsTheBodyWhateverItsTypeIsSaidToBe() throws Exception {
    var uri = created("{\"image\":\"demo/hello\"}");
    int memory = 100;
    for (var type :
        java.util.List.of(
            "application/x-www-form-urlencoded", "text/plain", "application/json; charset=utf-8")) {
      var request =
          HttpRequest.newBuilder(URI.create(base + uri))
              .header("Authorization", "Basic YWRtaW46a2V5")
              .header("Content-Type", type)
              .method("PATCH", BodyPublishers.ofString("{\"memory\":" + ++memory + "}"))
              .build();
      try (var http = HttpClient.newHttpClient()) {
        var answer = http.send(request, BodyHandlers.ofString());
        assertThat(json(answer).path("memory").asInt()).as(type).isEqualTo(memory);
      }
    }
  }

  @Nested
  class LettingIn {

    private static int status(String path, String... headers) throws Exception {
      var request = HttpRequest.newBuilder(URI.create(base + path)).POST(BodyPublishers.noBody());
      if (headers.length > 0) {
        request.headers(headers);
      }
      try (var http = HttpClient.newHttpClient()) {
        return http.send(request.build(), BodyHandlers.ofString()).statusCode();
      }
    }

    @Test
    void takesEveryFormOfLogin() throws Exception {
      var uri = created("{\"image\":\"demo/hello\"}") + "stop/";
      assertThat(status(uri, "Authorization", "ApiKey admin:key")).isEqualTo(409);
      assertThat(status(uri, "Authorization", "basic YWRtaW46a2V5")).isEqualTo(409);
    }

    @Test
    void refusesEveryOther() throws Exception {
      for (var header :
          java.util.List.of(
              "Basic", "Basic ???", "Basic YWRtaW4=", "Basic YWRtaW46d3Jvbmc=", "Bearer key")) {
        assertThat(status(SERVICES, "Authorization", header)).as(header).isEqualTo(401);
      }
      assertThat(status(SERVICES)).isEqualTo(401);
      assertThat(status(SERVICES + "?user=admin&token=")).isEqualTo(401);
      assertThat(status(SERVICES + "?user=admin&token=key")).isEqualTo(401); // streams only
    }

    @Test
    void asksToComeBackWhoMayBeInALogThatIsNotReadYet() throws Exception {
      var request =
          HttpRequest.newBuilder(URI.create(base + SERVICES))
              .header("Authorization", "ApiKey alice:" + "0".repeat(40))
              .build();
      try (var http = HttpClient.newHttpClient()) {
        var answer = http.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        assertThat(json(answer).path("error").asString()).contains("accounts");
      }
    }

    @Test
    void takesEveryFormOfAPath() throws Exception {
      var uuid = created("{\"image\":\"demo/hello\"}").split("/")[6];
      for (var path :
          java.util.List.of(
              "/api/app/v1/service/%s/stop/",
              "/api/app/v1/service/%s/stop",
              "/api/app/v1/admin/service/%s//stop/",
              "//api/app/v1//service/%s/stop",
              "/app/v1/service/%s/stop/")) {
        assertThat(send("POST", path.formatted(uuid), "").statusCode()).as(path).isEqualTo(409);
      }
    }
  }

  @Nested
  class Refusing {

    @Test
    void namesTheFieldAndTheRuleAndLeavesAFailedAction() throws Exception {
      var answer = send("POST", SERVICES, "{\"image\":\"demo/hello\",\"memory\":\"lots\"}");
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(json(answer).path("error").asString()).isEqualTo("memory must be a whole number");
      var action = answer.headers().firstValue("X-DockerCloud-Action-URI").orElseThrow();
      assertThat(
              jdbc()
                  .queryForObject(
                      "SELECT payload FROM events WHERE aggregate_identifier = ?",
                      String.class,
                      action.split("/")[5]))
          .contains("\"FAILED\"");
    }

    @Test
    void answersEveryBadRequestInJson() throws Exception {
      var uri = created("{\"image\":\"demo/hello\"}");
      var unknown = SERVICES + "5e0c7d7e-0000-4000-8000-00000000dead/";
      record Case(String method, String path, String body, int status) {}
      var cases =
          java.util.List.of(
              new Case("POST", SERVICES, "{", 400),
              new Case("POST", SERVICES, "[]", 400),
              new Case("POST", SERVICES, "{}", 400),
              new Case("POST", SERVICES, "x".repeat(1024 * 1024 + 1), 413),
              new Case("POST", unknown + "start/", "", 404),
              new Case("PATCH", unknown, "{}", 404),
              new Case("DELETE", unknown, "", 404),
              new Case("POST", SERVICES + "web/start/", "", 404),
              new Case("POST", uri + "stop/", "{}", 409),
              new Case("POST", uri + "redeploy/?reuse_volumes=maybe", "", 400),
              new Case("PATCH", uri, "{\"deployment_strategy\":\"EVERY_NODE\"}", 400),
              new Case("PUT", uri, "{}", 405),
              new Case("POST", "/api/app/v1/other/service/", "{}", 404),
              new Case("POST", "/nowhere", "{}", 404));
      for (var one : cases) {
        var answer = send(one.method(), one.path(), one.body());
        assertThat(answer.statusCode()).as(one + ": " + answer.body()).isEqualTo(one.status());
        assertThat(json(answer).path("error").asString()).as(one.toString()).isNotEmpty();
        assertThat(answer.body()).doesNotContain("\tat ", "Exception");
      }
      var before = count("SELECT count(*) FROM events WHERE type = 'Service'");
      assertThat(send("POST", uri + "stop/", "").statusCode()).isEqualTo(409);
      assertThat(count("SELECT count(*) FROM events WHERE type = 'Service'")).isEqualTo(before);
    }
  }
}
