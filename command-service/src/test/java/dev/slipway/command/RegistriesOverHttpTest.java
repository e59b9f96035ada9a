package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Logins for registries over HTTP, with registries of every kind in this process. */
class RegistriesOverHttpTest {

  private static final String REPOSITORIES = "/api/repo/v1/repository/";
  private static final String PASSWORD = "p4ssw0rd-of-a-registry";
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final List<String> SENT_ELSEWHERE = new CopyOnWriteArrayList<>();
  @TempDir private static Path data;
  private static EmbeddedPostgres postgres;
  private static ConfigurableApplicationContext context;
  private static HttpServer registry;
  private static HttpServer elsewhere;

  @BeforeAll
  static void start() throws Exception {
    registry = server(RegistriesOverHttpTest::answer);
    elsewhere =
        server(
            exchange -> {
              SENT_ELSEWHERE.addAll(
                  exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
              exchange.sendResponseHeaders(200, -1);
              exchange.close();
            });
    postgres = EmbeddedPostgres.builder().start();
    context =
        new SpringApplicationBuilder(AccountsOverHttpTest.WithAccountsOnly.class)
            .properties("spring.config.name=command-service")
            .run(
                "--slipway.port=0",
                "--slipway.user=admin",
                "--slipway.apikey=key",
                "--slipway.query=false",
                "--slipway.kafka=127.0.0.1:1",
                "--slipway.publishing-patience=1h",
                "--slipway.data=" + data,
                "--slipway.postgres=" + postgres.getJdbcUrl("postgres", "postgres"));
  }

  @AfterAll
  static void stop() throws Exception {
    context.close();
    postgres.close();
    registry.stop(0);
    elsewhere.stop(0);
  }

  private static HttpServer server(com.sun.net.httpserver.HttpHandler handler) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", handler);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return server;
  }

  private static String host() {
    return "127.0.0.1:" + registry.getAddress().getPort();
  }

  /** What the registry does depends on the user name, which it sees in the second request. */
  private static void answer(HttpExchange exchange) throws IOException {
    var authorization = exchange.getRequestHeaders().getFirst("Authorization");
    var path = exchange.getRequestURI().getPath();
    if (authorization == null) {
      exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"here\"");
      exchange.sendResponseHeaders(401, -1);
      exchange.close();
      return;
    }
    var pair =
        new String(
            Base64.getDecoder().decode(authorization.substring("Basic ".length())),
            StandardCharsets.UTF_8);
    int status =
        switch (path.split("/", -1)[2]) {
          case "good" -> pair.equals("me:" + PASSWORD) ? 200 : 401;
          case "new" -> 404;
          case "forbidden" -> 403;
          case "broken" -> 500;
          case "moved" -> 307;
          default -> 401;
        };
    if (status == 307) {
      exchange
          .getResponseHeaders()
          .add("Location", "http://127.0.0.1:" + elsewhere.getAddress().getPort() + path);
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private static HttpResponse<String> send(String method, String path, Map<String, ?> body)
      throws Exception {
    var port = context.getEnvironment().getProperty("local.server.port");
    var login = Base64.getEncoder().encodeToString("admin:key".getBytes(StandardCharsets.UTF_8));
    return HTTP.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Authorization", "Basic " + login)
            .method(method, BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)))
            .build(),
        BodyHandlers.ofString());
  }

  private static JsonNode expect(int status, String method, String path, Map<String, ?> body)
      throws Exception {
    var answer = send(method, path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).doesNotContain(PASSWORD);
    return JsonMapper.shared().readTree(answer.body());
  }

  private static JsonNode register(int status, String path) throws Exception {
    return expect(
        status,
        "POST",
        REPOSITORIES,
        Map.of("name", host() + "/" + path, "username", "me", "password", PASSWORD));
  }

  @Test
  void aLoginThatTheRegistryAcceptsIsRegistered() throws Exception {
    var name = host() + "/good/app";
    var registered = register(201, "good/app");
    assertThat(registered.path("name").asString()).isEqualTo(name);
    assertThat(registered.path("not_checked").isNull()).isTrue();
    assertThat(registered.path("in_use").asBoolean()).isFalse();
    assertThat(registered.path("resource_uri").asString())
        .isEqualTo("/api/repo/v1/admin/repository/" + name + "/");
    expect(201, "POST", "/api/app/v1/service/", Map.of("image", name + ":1", "name", "private"));
    var renewed = expect(200, "PATCH", REPOSITORIES + name + "/", Map.of("password", PASSWORD));
    assertThat(renewed.path("username").asString()).isEqualTo("me");
    assertThat(renewed.path("in_use").asBoolean()).isTrue();
    expect(200, "DELETE", "/api/repo/v1/admin/repository/" + name, Map.of());
    expect(404, "DELETE", REPOSITORIES + name + "/", Map.of());
    expect(404, "PATCH", REPOSITORIES + name + "/", Map.of("password", PASSWORD));
  }

  @ParameterizedTest
  @CsvSource({
    "new/app, 201, ''",
    "broken/app, 201, answers 500",
    "moved/app, 201, answers 307",
    "forbidden/app, 400, refused the credentials",
    "wrong/app, 400, refused the credentials",
  })
  void whatTheRegistrySaysDecides(String path, int status, String message) throws Exception {
    var answer = register(status, path);
    assertThat(answer.path(status == 201 ? "not_checked" : "error").asString("")).contains(message);
    assertThat(SENT_ELSEWHERE).isEmpty();
  }

  @Test
  void aRegistryThatDoesNotAnswerIsRegisteredAndSaysSo() throws Exception {
    var body = Map.of("host", "127.0.0.1:1", "username", "me", "password", PASSWORD);
    var registered = expect(201, "POST", "/api/repo/v1/registry/", body);
    assertThat(registered.path("not_checked").asString()).isNotEmpty();
    assertThat(registered.path("port").asInt()).isEqualTo(1);
  }

  @Test
  void aLoginForARegistryIsRenewedAndRemoved() throws Exception {
    var body = Map.of("host", "127.0.0.1:2", "username", "me", "password", PASSWORD);
    expect(201, "POST", "/api/repo/v1/registry/", body);
    var path = "/api/repo/v1/admin/registry/127.0.0.1:2/";
    var renewed = expect(200, "PATCH", path, Map.of("username", "you", "password", PASSWORD));
    assertThat(renewed.path("username").asString()).isEqualTo("you");
    expect(200, "DELETE", path, Map.of());
    expect(404, "DELETE", path, Map.of());
  }

  @ParameterizedTest
  @CsvSource({
    "repository, name, quay.io/me/app:1, must have no tag",
    "repository, name, https://quay.io/me/app, must have no scheme",
    "repository, name, quay.io/Me/App, must be a repository",
    "repository, name, quay.io/, must be a repository",
    "repository, name, '', must not be empty",
    "registry, host, quay.io/me, must be the host",
    "registry, host, 'a b', must be the host",
  })
  void aNameThatBreaksARuleIsRefused(String kind, String field, String name, String rule)
      throws Exception {
    var body = Map.of(field, name, "username", "me", "password", "x");
    var refused = expect(400, "POST", "/api/repo/v1/" + kind + "/", body);
    assertThat(refused.path("error").asString()).startsWith(field).contains(rule);
  }

  @Test
  void nothingThatIsStoredHasThePassword() throws Exception {
    register(201, "new/sealed");
    var jdbc = context.getBean(JdbcTemplate.class);
    assertThat(
            jdbc.queryForObject(
                "SELECT count(*) FROM events WHERE payload_type = 'RegistryLoginSet'", Long.class))
        .isPositive();
    for (var sql :
        List.of(
            "SELECT string_agg(payload, ' ') FROM events",
            "SELECT string_agg(password, ' ') FROM registry_logins",
            "SELECT string_agg(sealed_key, ' ') FROM data_keys")) {
      assertThat(jdbc.queryForObject(sql, String.class))
          .doesNotContain(PASSWORD)
          .doesNotContain(
              Base64.getEncoder().encodeToString(PASSWORD.getBytes(StandardCharsets.UTF_8)));
    }
    var key = data.resolve("secrets/master.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
  }
}
