package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sessions of the console: how one begins, who may use it for what, and how it ends. */
class SessionsOverHttpTest {

  private static final String SESSION = "/api/account/v1/session/";
  private static final String USERS = "/api/account/v1/user/";
  private static final String KEYS = "/api/account/v1/apikey/";
  private static final Map<String, String> CONSOLE =
      Map.of("X-Slipway-Console", "1", "Sec-Fetch-Site", "same-origin");
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static EmbeddedPostgres postgres;
  private static ConfigurableApplicationContext context;
  private static int port;

  @BeforeAll
  static void start() throws Exception {
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
                "--slipway.postgres=" + postgres.getJdbcUrl("postgres", "postgres"));
    port = Integer.parseInt(context.getEnvironment().getProperty("local.server.port", ""));
    assertThat(status("POST", USERS, basic("admin", "key"), "{\"name\":\"ann\"}")).isEqualTo(201);
  }

  @AfterAll
  static void stop() throws Exception {
    context.close();
    postgres.close();
  }

  private static Map<String, String> basic(String user, String key) {
    var pair = (user + ":" + key).getBytes(StandardCharsets.UTF_8);
    return Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  static HttpResponse<String> send(
      String method, String path, Map<String, String> headers, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  private static Map<String, String> with(Map<String, String> headers, String... more) {
    var all = new java.util.HashMap<>(headers);
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return all;
  }

  private static HttpResponse<String> logIn(String user, String key) throws Exception {
    var body = "{\"user\":\"%s\",\"apikey\":\"%s\"}".formatted(user, key);
    return send("POST", SESSION, CONSOLE, body);
  }

  /** The headers of a browser that has logged in. */
  private static Map<String, String> session(String user, String key) throws Exception {
    var answer = logIn(user, key);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    var cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
    return with(CONSOLE, "Cookie", cookie.substring(0, cookie.indexOf(';')));
  }

  private static JsonNode keyOfAnn(String role) throws Exception {
    var body = "{\"user\":\"ann\",\"role\":\"%s\"}".formatted(role);
    return json(send("POST", KEYS + "?user=ann", basic("admin", "key"), body));
  }

  private static int status(String method, String path, Map<String, String> headers, String body)
      throws Exception {
    return send(method, path, headers, body).statusCode();
  }

  @Test
  void aLoginOpensASessionThatALogoutCloses() throws Exception {
    var answer = logIn("admin", "key");
    assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
        .matches(
            "slipway=[0-9a-f]{40}; Path=/; Max-Age=43200; Expires=[^;]+; HttpOnly;"
                + " SameSite=Strict");
    var shown = json(answer);
    assertThat(shown.path("user").asString()).isEqualTo("admin");
    assertThat(shown.path("administrator").asBoolean()).isTrue();
    assertThat(shown.path("namespaces").get(0).path("role").asString()).isEqualTo("admin");
    assertThat(shown.path("features").propertyNames()).contains("exec", "simulated");
    assertThat(Instant.parse(shown.path("expires_at").asString()))
        .isBetween(Instant.now().plus(Duration.ofHours(11)), Instant.now().plusSeconds(43_201));
    assertThat(answer.body()).doesNotContain("slipway=");

    var browser = session("admin", "key");
    var read = send("GET", SESSION, browser, "");
    assertThat(read.statusCode()).isEqualTo(200);
    assertThat(json(read).path("user").asString()).isEqualTo("admin");
    var closed = send("DELETE", SESSION, browser, "");
    assertThat(closed.statusCode()).isEqualTo(204);
    assertThat(closed.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
    assertThat(status("GET", SESSION, browser, "")).isEqualTo(401);
  }

  @Test
  void theLogHasTheHashOfASessionsKeyAlone() throws Exception {
    var cookie = session("admin", "key").get("Cookie");
    var key = cookie.substring(cookie.indexOf('=') + 1);
    var logged =
        context
            .getBean(JdbcTemplate.class)
            .queryForList("select payload from events", String.class);
    assertThat(String.join("\n", logged)).contains("sessionId").doesNotContain(key);
  }

  @Test
  void wrongLoginsAreRefusedWithoutAPromptOfTheBrowser() throws Exception {
    var answer = logIn("admin", "wrong");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(json(answer).path("error").asString()).contains("wrong");
    assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(send("GET", SESSION, Map.of(), "").headers().firstValue("WWW-Authenticate"))
        .isPresent();
    assertThat(status("POST", SESSION, CONSOLE, "{\"user\":\"admin\"}")).isEqualTo(400);
  }

  @Test
  void guessersOfKeysWait() throws Exception {
    var statuses = new HashSet<Integer>();
    for (int i = 0; i < 11; i++) {
      statuses.add(logIn("nobody", "%040x".formatted(i)).statusCode());
    }
    assertThat(statuses).containsExactlyInAnyOrder(401, 429);
    assertThat(logIn("nobody", "x").headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void aSessionWritesOnlyFromTheConsolesOwnPages() throws Exception {
    var browser = session("admin", "key");
    var cookie = Map.of("Cookie", browser.get("Cookie"));
    var own = "http://127.0.0.1:" + port;
    var marked = with(cookie, "X-Slipway-Console", "1");
    assertThat(status("POST", USERS, cookie, "{\"name\":\"eve\"}")).isEqualTo(403);
    assertThat(status("POST", USERS, marked, "{\"name\":\"eve\"}")).isEqualTo(403);
    assertThat(
            status(
                "POST", USERS, with(cookie, "Sec-Fetch-Site", "same-origin"), "{\"name\":\"eve\"}"))
        .isEqualTo(403);
    assertThat(
            status("POST", USERS, with(marked, "Sec-Fetch-Site", "same-site"), "{\"name\":\"e\"}"))
        .isEqualTo(403);
    assertThat(
            status("POST", USERS, with(marked, "Origin", "http://127.0.0.1:1"), "{\"name\":\"e\"}"))
        .isEqualTo(403);
    assertThat(status("DELETE", SESSION, cookie, "")).isEqualTo(403);
    assertThat(status("POST", USERS, browser, "{\"name\":\"bea\"}")).isEqualTo(201);
    assertThat(status("POST", USERS, with(marked, "Origin", own), "{\"name\":\"cid\"}"))
        .isEqualTo(201);
  }

  @Test
  void writesOfAnotherSitesPagesAreRejectedWhoeverIsLoggedIn() throws Exception {
    var admin = basic("admin", "key");
    var body = "{\"name\":\"mallory\"}";
    for (var header :
        new String[][] {
          {"Sec-Fetch-Site", "cross-site"},
          {"Origin", "https://evil.example"},
          {"Origin", "null"},
          {"Origin", "http://127.0.0.1.evil.example:" + port}
        }) {
      var answer = send("POST", USERS, with(admin, header), body);
      assertThat(answer.statusCode()).as(String.join(": ", header)).isEqualTo(403);
      assertThat(json(answer).path("error").asString()).contains("another site");
      assertThat(status("GET", USERS, with(admin, header), "")).isEqualTo(200);
    }
    assertThat(status("POST", SESSION, with(CONSOLE, "Sec-Fetch-Site", "cross-site"), "{}"))
        .isEqualTo(403);
    assertThat(status("POST", USERS, with(admin, "Origin", "http://127.0.0.1:" + port), body))
        .isEqualTo(201);
  }

  @Test
  void aWebsocketOfASessionNeedsOurOrigin() throws Exception {
    var cookie = session("admin", "key").get("Cookie");
    assertThat(upgrade(cookie, "http://127.0.0.1:1")).contains(" 403 ");
    assertThat(upgrade(cookie, "null")).contains(" 403 ");
    assertThat(upgrade(cookie, null)).contains(" 403 ");
    // This service has no streams.
    assertThat(upgrade(cookie, "http://127.0.0.1:" + port)).contains(" 404 ");
  }

  private static String upgrade(String cookie, @org.jspecify.annotations.Nullable String origin)
      throws Exception {
    try (var socket = new Socket("127.0.0.1", port)) {
      var head =
          "GET /api/audit/v1/events/ HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: Upgrade\r\n"
              + "Upgrade: websocket\r\nCookie: %s\r\n%s\r\n";
      socket
          .getOutputStream()
          .write(
              head.formatted(port, cookie, origin == null ? "" : "Origin: " + origin + "\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new java.io.BufferedReader(
              new java.io.InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
          .readLine();
    }
  }

  @Test
  void aSessionHasAtMostTheRightsOfItsKeyAndEndsWithIt() throws Exception {
    var key = keyOfAnn("reader");
    var browser = session("ann", key.path("apikey").asString());
    assertThat(
            json(send("GET", SESSION, browser, ""))
                .path("namespaces")
                .get(0)
                .path("role")
                .asString())
        .isEqualTo("reader");
    assertThat(status("POST", "/api/app/v1/service/", browser, "{\"image\":\"demo/hello\"}"))
        .isEqualTo(403);
    assertThat(status("PUT", SESSION, browser, "")).isEqualTo(200);
    assertThat(
            status(
                "DELETE",
                KEYS + key.path("uuid").asString() + "/?user=ann",
                basic("admin", "key"),
                ""))
        .isEqualTo(200);
    assertThat(status("GET", SESSION, browser, "")).isEqualTo(401);
  }

  @Test
  void aSessionsKeyIsNoApiKey() throws Exception {
    var cookie = session("admin", "key").get("Cookie");
    var key = cookie.substring(cookie.indexOf('=') + 1);
    assertThat(status("GET", SESSION, basic("admin", key), "")).isEqualTo(401);
    assertThat(status("GET", SESSION, Map.of("Authorization", "Bearer " + key), "")).isEqualTo(401);
    assertThat(logIn("admin", key).statusCode()).isEqualTo(401);
  }

  @Test
  void aSessionIsExtendedWhileItIsUsed() throws Exception {
    var browser = session("admin", "key");
    var before =
        Instant.parse(json(send("GET", SESSION, browser, "")).path("expires_at").asString());
    var extended = send("PUT", SESSION, browser, "");
    assertThat(extended.statusCode()).as(extended.body()).isEqualTo(200);
    assertThat(extended.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith(browser.get("Cookie"));
    assertThat(Instant.parse(json(extended).path("expires_at").asString()))
        .isAfterOrEqualTo(before);
    assertThat(status("PUT", SESSION, basic("admin", "key"), "")).isEqualTo(404);
  }

  @Test
  void theTwentyFirstSessionClosesTheFirst() throws Exception {
    var user = "{\"name\":\"dan\"}";
    assertThat(status("POST", USERS, basic("admin", "key"), user)).isEqualTo(201);
    var key =
        json(send("POST", KEYS + "?user=dan", basic("admin", "key"), "{\"user\":\"dan\"}"))
            .path("apikey")
            .asString();
    var first = session("dan", key);
    var second = session("dan", key);
    for (int i = 0; i < 19; i++) {
      session("dan", key);
    }
    assertThat(status("GET", SESSION, first, "")).isEqualTo(401);
    assertThat(status("GET", SESSION, second, "")).isEqualTo(200);
  }
}
