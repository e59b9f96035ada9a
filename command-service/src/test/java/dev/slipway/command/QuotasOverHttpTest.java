package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Quotas, kept by two command services on one database together. */
class QuotasOverHttpTest {

  private static final String ACCOUNT = "/api/account/v1/";
  private static final String HELLO = "{\"image\":\"demo/hello\"}";
  private static final String ADMIN = basic("admin", "key");
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final List<ConfigurableApplicationContext> SERVICES = new ArrayList<>();
  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.builder().start();
    for (int i = 0; i < 2; i++) {
      SERVICES.add(
          new SpringApplicationBuilder(AccountsOverHttpTest.WithAccountsOnly.class)
              .properties("spring.config.name=command-service")
              .run(
                  "--slipway.port=0",
                  "--slipway.user=admin",
                  "--slipway.apikey=key",
                  "--slipway.query=false",
                  "--slipway.kafka=127.0.0.1:1",
                  "--slipway.quota.services=20",
                  "--slipway.quota.containers=60",
                  "--slipway.quota.containers-per-service=10",
                  "--slipway.quota.stacks=2",
                  "--slipway.quota.triggers=2",
                  "--slipway.quota.api-keys=3",
                  "--slipway.quota.stored-bytes=200000",
                  "--slipway.quota.writes-per-second=50",
                  "--slipway.postgres=" + postgres.getJdbcUrl("postgres", "postgres")));
    }
  }

  @AfterAll
  static void stop() throws Exception {
    SERVICES.forEach(ConfigurableApplicationContext::close);
    postgres.close();
  }

  private static String basic(String user, String key) {
    return "Basic "
        + Base64.getEncoder().encodeToString((user + ":" + key).getBytes(StandardCharsets.UTF_8));
  }

  private static HttpResponse<String> send(
      int service, String method, String path, String login, String body) {
    try {
      var port = SERVICES.get(service).getEnvironment().getProperty("local.server.port");
      return HTTP.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .header("Authorization", login)
              .method(method, BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofString());
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  /** A user's login; the user has a namespace with nothing in it. */
  private static User newUser() {
    var name = "quota" + NAMES.incrementAndGet();
    assertThat(
            send(0, "POST", ACCOUNT + "user/", ADMIN, "{\"name\":\"%s\"}".formatted(name))
                .statusCode())
        .isEqualTo(201);
    var key =
        json(send(0, "POST", ACCOUNT + "apikey/?user=" + name, ADMIN, "{}"))
            .path("apikey")
            .asString();
    var login = basic(name, key);
    return new User(name, login);
  }

  private record User(String name, String login) {

    HttpResponse<String> post(String path, String body) {
      return send(0, "POST", path, login, body);
    }

    JsonNode used(String quota) {
      var path = ACCOUNT + "quota/" + name + "/";
      return json(send(0, "GET", path, login, "")).path("quotas").path(quota);
    }
  }

  @Test
  void twoCommandServicesNeverTakeMoreThanTheQuotaTogether() throws Exception {
    var creates =
        IntStream.range(0, 60)
            .<Callable<Integer>>mapToObj(
                i -> () -> send(i % 2, "POST", "/api/app/v1/service/", ADMIN, HELLO).statusCode())
            .toList();
    var statuses = new ArrayList<Integer>();
    try (var threads = Executors.newFixedThreadPool(12)) {
      for (var answer : threads.invokeAll(creates)) {
        statuses.add(answer.get());
      }
    }
    assertThat(statuses).containsOnly(201, 409);
    assertThat(statuses.stream().filter(status -> status == 201)).hasSize(20);
    var admin = new User("admin", ADMIN);
    assertThat(admin.used("services").path("used").asInt()).isEqualTo(20);
  }

  @Test
  void aRefusalSaysWhichQuotaHowMuchIsUsedAndWhoCanRaiseIt() {
    var user = newUser();

    var answer =
        user.post("/api/app/v1/service/", "{\"image\":\"a\",\"target_num_containers\":11}");

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(json(answer).path("quota").asString()).isEqualTo("containers_per_service");
    assertThat(json(answer).path("limit").asInt()).isEqualTo(10);
    assertThat(json(answer).path("namespace").asString()).isEqualTo(user.name());
    assertThat(json(answer).path("error").asString())
        .contains(
            user.name(), "containers in one service", "11 of 10", "an administrator can raise it");
    assertThat(user.used("services").path("used").asInt()).isZero();
  }

  @Test
  void containersStacksTriggersAndKeysAreCounted() {
    var user = newUser();
    var ten = "{\"image\":\"a\",\"target_num_containers\":10}";
    for (int i = 0; i < 6; i++) {
      assertThat(user.post("/api/app/v1/service/", ten).statusCode()).isEqualTo(201);
    }
    var one =
        json(user.post("/api/app/v1/service/", "{\"image\":\"a\",\"target_num_containers\":0}"));
    var uri = one.path("resource_uri").asString();
    assertQuota(user.post("/api/app/v1/service/", HELLO), "containers");
    assertQuota(send(0, "PATCH", uri, user.login(), "{\"target_num_containers\":1}"), "containers");
    assertThat(user.post(uri + "trigger/", "{}").statusCode()).isEqualTo(201);
    assertThat(user.post(uri + "trigger/", "{}").statusCode()).isEqualTo(201);
    assertQuota(user.post(uri + "trigger/", "{}"), "triggers");
    assertThat(user.post("/api/app/v1/stack/", "{\"name\":\"a\"}").statusCode()).isEqualTo(201);
    assertThat(user.post("/api/app/v1/stack/", "{\"name\":\"b\"}").statusCode()).isEqualTo(201);
    assertQuota(user.post("/api/app/v1/stack/", "{\"name\":\"c\"}"), "stacks");
    assertThat(user.post(ACCOUNT + "apikey/", "{}").statusCode()).isEqualTo(201);
    assertThat(user.post(ACCOUNT + "apikey/", "{}").statusCode()).isEqualTo(201);
    assertQuota(user.post(ACCOUNT + "apikey/", "{}"), "api_keys");
  }

  private static void assertQuota(HttpResponse<String> answer, String quota) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
    assertThat(json(answer).path("quota").asString()).isEqualTo(quota);
  }

  private static String stack(String name, int services, int containers) {
    return IntStream.range(0, services)
        .mapToObj(
            i ->
                "{\"name\":\"s%d\",\"image\":\"a\",\"target_num_containers\":%d}"
                    .formatted(i, containers))
        .collect(Collectors.joining(",", "{\"name\":\"%s\",\"services\":[".formatted(name), "]}"));
  }

  private static long used(User user, String quota) {
    return user.used(quota).path("used").asLong();
  }

  @Test
  void aStackWhoseServicesExceedAQuotaIsRefusedAsAWhole() {
    var user = newUser();
    var stacks = "/api/app/v1/stack/";

    assertQuota(user.post(stacks, stack("a", 21, 1)), "services");
    assertQuota(user.post(stacks, stack("a", 7, 9)), "containers");
    assertQuota(user.post(stacks, stack("a", 2, 11)), "containers_per_service");
    assertThat(used(user, "services") + used(user, "containers") + used(user, "stacks")).isZero();

    var made = user.post(stacks, stack("a", 6, 9));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    assertThat(used(user, "services")).isEqualTo(6);
    assertThat(used(user, "containers")).isEqualTo(54);
    var uri = json(made).path("resource_uri").asString();
    assertQuota(send(0, "PATCH", uri, user.login(), stack("a", 7, 9)), "containers");
    assertThat(used(user, "services")).isEqualTo(6);
    var changed = send(0, "PATCH", uri, user.login(), stack("a", 6, 10));
    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
    assertThat(used(user, "containers")).isEqualTo(60);
  }

  @Test
  void twoStacksAtOnceDoNotExceedAQuotaTogether() throws Exception {
    var user = newUser();
    var creates =
        IntStream.range(0, 2)
            .<Callable<Integer>>mapToObj(
                i -> () -> user.post("/api/app/v1/stack/", stack("s" + i, 12, 1)).statusCode())
            .toList();
    var statuses = new ArrayList<Integer>();
    try (var threads = Executors.newFixedThreadPool(2)) {
      for (var answer : threads.invokeAll(creates)) {
        statuses.add(answer.get());
      }
    }
    assertThat(statuses).containsExactlyInAnyOrder(201, 409);
    assertThat(used(user, "services")).isEqualTo(12);
  }

  @Test
  void storedBytesAreCountedAndLimited() {
    var user = newUser();
    var large = "{\"image\":\"a\",\"run_command\":\"%s\"}".formatted("x".repeat(20_000));
    HttpResponse<String> answer = user.post("/api/app/v1/service/", large);
    for (int i = 0; i < 12 && answer.statusCode() == 201; i++) {
      answer = user.post("/api/app/v1/service/", large);
    }
    assertQuota(answer, "stored_bytes");
    assertThat(user.used("stored_bytes").path("used").asLong()).isBetween(150_000L, 200_000L);
  }

  @Test
  void whatIsFasterThanItsRateIsToldToWait() {
    var user = newUser();
    var path = ACCOUNT + "quota/" + user.name() + "/";
    send(0, "PATCH", path, ADMIN, "{\"writes_per_second\":0}");

    var answer = user.post("/api/app/v1/service/", HELLO);

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    assertThat(json(answer).path("quota").asString()).isEqualTo("writes_per_second");
    assertThat(send(0, "GET", path, user.login(), "").statusCode()).isEqualTo(200);
  }

  @Test
  void aRateOfZeroCanBeRaisedAgain() {
    var path = ACCOUNT + "quota/admin/";
    send(0, "PATCH", path, ADMIN, "{\"writes_per_second\":0}");
    try {
      assertThat(send(0, "POST", "/api/app/v1/service/", ADMIN, HELLO).statusCode()).isEqualTo(429);
    } finally {
      var raised = send(0, "PATCH", path, ADMIN, "{\"writes_per_second\":null}");
      assertThat(raised.statusCode()).as(raised.body()).isEqualTo(200);
    }
  }

  @Test
  void showsWhatIsUsed() {
    var user = newUser();
    user.post("/api/app/v1/service/", "{\"image\":\"a\",\"target_num_containers\":3}");

    var list = json(send(0, "GET", ACCOUNT + "quota/", user.login(), ""));

    assertThat(list.path("meta").path("total_count").asInt()).isEqualTo(1);
    var quotas = list.path("objects").path(0).path("quotas");
    assertThat(quotas.path("services").toString())
        .isEqualTo("{\"used\":1,\"limit\":20,\"set\":false}");
    assertThat(quotas.path("containers").path("used").asInt()).isEqualTo(3);
    assertThat(quotas.path("api_keys").path("used").asInt()).isEqualTo(1);
    assertThat(quotas.path("stored_bytes").path("used").asLong()).isPositive();
    assertThat(quotas.path("writes_per_second").path("limit").asInt()).isEqualTo(50);
    assertThat(send(0, "GET", ACCOUNT + "quota/admin/", user.login(), "").statusCode())
        .isEqualTo(404);
  }

  @Test
  void theAdministratorSetsThemPerNamespace() {
    var user = newUser();
    var path = ACCOUNT + "quota/" + user.name() + "/";
    assertThat(send(0, "PATCH", path, user.login(), "{\"services\":1}").statusCode())
        .isEqualTo(403);
    assertThat(send(0, "PATCH", path, ADMIN, "{\"services\":-1}").statusCode()).isEqualTo(400);

    var set = send(0, "PATCH", path, ADMIN, "{\"services\":1}");

    assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
    assertThat(set.headers().firstValue("X-DockerCloud-Action-URI")).isPresent();
    assertThat(json(set).path("quotas").path("services").path("limit").asInt()).isEqualTo(1);
    assertThat(user.post("/api/app/v1/service/", HELLO).statusCode()).isEqualTo(201);
    assertQuota(user.post("/api/app/v1/service/", HELLO), "services");
    send(0, "PATCH", path, ADMIN, "{\"services\":null}");
    assertThat(user.post("/api/app/v1/service/", HELLO).statusCode()).isEqualTo(201);
    var events =
        SERVICES
            .getFirst()
            .getBean(JdbcTemplate.class)
            .queryForObject(
                "SELECT count(*) FROM events WHERE payload_type = 'QuotasChanged'"
                    + " AND aggregate_identifier = ?",
                Long.class,
                user.name());
    assertThat(events).isEqualTo(2);
  }
}
