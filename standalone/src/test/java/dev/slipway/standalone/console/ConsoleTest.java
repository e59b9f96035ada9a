package dev.slipway.standalone.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.standalone.InOneProcess;
import dev.slipway.standalone.embedded.ChildProcess;
import dev.slipway.standalone.embedded.FreePort;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The console in a real browser, on a simulated Slipway. */
class ConsoleTest {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int PORT = FreePort.forSlipway();
  private static final String URL = "http://127.0.0.1:" + PORT;
  private static final String SERVICES = "/api/app/v1/service/";
  private static final String HOSTILE =
      "<img src=x onerror=window.hurt=1><script>window.hurt=1</script>";

  @TempDir static Path data;
  private static ChildProcess slipway;
  private static Browser browser;
  private static String key = "";

  @BeforeAll
  static void start() throws Exception {
    browser = Browser.open(FreePort.forSlipway());
    slipway = InOneProcess.up(PORT, data, Map.of("SLIPWAY_KAFKA_PORT", "0"));
    key = Files.readString(data.resolve("apikey")).strip();
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
    if (slipway != null) {
      slipway.close();
    }
  }

  @BeforeEach
  void isLoggedIn() throws Exception {
    browser.go(URL + "/console/#/overview");
    browser.forgetCookies();
    logIn("admin", key);
  }

  private static void logIn(String user, String apiKey) throws Exception {
    browser.go(URL + "/version");
    browser.go(URL + "/console/#/overview");
    browser.replace("//input[@name='username']", user);
    browser.type("//input[@name='apikey']", apiKey);
    browser.click("//button[.='Log in']");
    browser.awaitText("Overview");
  }

  private static JsonNode call(String method, String path, String body, String reason)
      throws Exception {
    var login =
        Base64.getEncoder().encodeToString(("admin:" + key).getBytes(StandardCharsets.UTF_8));
    var request =
        HttpRequest.newBuilder(URI.create(URL + path))
            .header("Authorization", "Basic " + login)
            .header("X-Change-Reason", reason)
            .method(method, BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return JsonMapper.shared().readTree(answer.body());
  }

  private static String service(String body) throws Exception {
    return call("POST", SERVICES, body, "test").path("uuid").asString();
  }

  private static void show(String page) throws Exception {
    browser.go(URL + "/console/#/" + page);
  }

  @Test
  void aServiceIsMadeByTheFormAndChangedRestoredAndExplained() throws Exception {
    show("services/new");
    browser.type("//label[.='Image']/following-sibling::input", "demo/hello:1");
    browser.type("//label[.='Name']/following-sibling::input", "shopfront");
    browser.click("//button[.='Preview']");
    browser.awaitText("Reason");
    browser.type("//dialog//input[@placeholder='Why this change?']", "first größer");
    browser.click("//dialog//footer/button[.='Apply' or .='Create']");
    browser.awaitText("shopfront-1");
    browser.awaitText("1/1");
    show("services");
    browser.click("//a[.='shopfront']");
    browser.click("//nav[contains(@class,'tabs')]/a[.='Why']");
    browser.awaitText("shopfront is running");

    browser.click("//nav[contains(@class,'tabs')]/a[.='Definition']");
    browser.replace("//label[.='Image']/following-sibling::input", "demo/hello:2");
    browser.click("//button[.='Preview the change']");
    browser.awaitText("demo/hello:1");
    browser.click("//dialog//footer/button[.='Apply']");
    browser.awaitText("not redeployed yet");

    browser.click("//nav[contains(@class,'tabs')]/a[.='Timeline']");
    browser.awaitText("first größer");
    browser.click("//ol[contains(@class,'entries')]/li[last()]/button");
    browser.awaitText("Since then");
    browser.click("//button[contains(.,'Restore this version')]");
    browser.awaitText("Reason");
    browser.click("//dialog//footer/button[contains(@class,'primary')]");
    browser.awaitNoText("Why this change?");
    browser.click("//nav[contains(@class,'tabs')]/a[.='Logs']");
    browser.awaitText("this container is simulated");
  }

  @Test
  void whatNoNodeTakesIsExplained() throws Exception {
    var uuid = service("{\"image\":\"demo/job\",\"name\":\"picky\",\"tags\":[\"gpu\"]}");
    call("POST", SERVICES + uuid + "/start/", "", "test");
    show("services/" + uuid + "/why");
    browser.awaitText("lacks the tag gpu");
    show("overview");
    browser.awaitText("picky");
  }

  @Test
  void hostileTextIsShownAsTextAndBreaksNoLayout() throws Exception {
    var body =
        JsonMapper.shared()
            .writeValueAsString(
                Map.of(
                    "image",
                    "demo/hostile",
                    "name",
                    "hostile",
                    "run_command",
                    HOSTILE + "\u001b[31m\u202e" + "x".repeat(60_000),
                    "container_envvars",
                    List.of(Map.of("key", "HOSTILE", "value", HOSTILE + "y".repeat(60_000)))));
    var uuid = service(body);
    call("POST", SERVICES + uuid + "/start/", "", HOSTILE);
    for (var page :
        List.of(
            "services",
            "actions",
            "services/" + uuid + "/timeline",
            "overview",
            "services/" + uuid + "/definition",
            "services/" + uuid + "/logs")) {
      show(page);
      browser.awaitNoText("Loading");
      assertThat(browser.run("return window.hurt ?? null").isNull()).as(page).isTrue();
      assertThat(browser.run("return document.querySelectorAll('main img').length").asInt())
          .as(page)
          .isZero();
      assertThat(overflow()).as(page).isZero();
    }
    show("services/" + uuid + "/timeline");
    browser.awaitText("<img src=x");
  }

  private static int overflow() throws Exception {
    return browser
        .run("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
        .asInt();
  }

  @Test
  void aReaderSeesAndChangesNothing() throws Exception {
    var uuid = service("{\"image\":\"demo/hello\",\"name\":\"readonly\"}");
    var reader =
        call("POST", "/api/account/v1/apikey/", "{\"role\":\"reader\"}", "test")
            .path("apikey")
            .asString();
    browser.forgetCookies();
    logIn("admin", reader);
    show("services/" + uuid);
    browser.awaitText("readonly");
    await()
        .untilAsserted(
            () ->
                assertThat(
                        browser
                            .run(
                                "return [...document.querySelectorAll('.buttons button')]"
                                    + ".filter((b) => ['Start','Stop','Redeploy','Scale']"
                                    + ".includes(b.innerText.trim()) && !b.disabled).length")
                            .asInt())
                    .isZero());
  }

  @Test
  void theSessionsCookieIsOutOfReachOfScriptsAndUselessElsewhere() throws Exception {
    assertThat(browser.run("return document.cookie").asString()).isEmpty();
    var cookie = browser.cookies().get(0);
    assertThat(cookie.path("httpOnly").asBoolean()).isTrue();
    assertThat(cookie.path("sameSite").asString()).isEqualTo("Strict");
    assertThat(browser.run("return JSON.stringify(localStorage)").asString())
        .doesNotContain(cookie.path("value").asString(), key);
    var stolen =
        HttpRequest.newBuilder(URI.create(URL + SERVICES))
            .header("Cookie", "slipway=" + cookie.path("value").asString())
            .header("Origin", "http://127.0.0.1:1")
            .POST(BodyPublishers.ofString("{\"image\":\"demo/stolen\"}"))
            .build();
    assertThat(HTTP.send(stolen, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
  }

  @Test
  void aSessionThatEndsAsksForALoginAndTheLoginContinues() throws Exception {
    show("services");
    browser.awaitText("Every state");
    browser.forgetCookies();
    show("stacks");
    browser.awaitText("Log in again");
    browser.type("//input[@name='apikey']", key);
    browser.click("//button[.='Log in']");
    browser.awaitNoText("Log in again");
  }

  @Test
  void filesAreServedWithAStrictPolicyAndCachedForEver() throws Exception {
    var page = get("/console/");
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
    assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-cache");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'; script-src 'self' 'sha256-")
        .contains("style-src 'self';", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(
            get("/console/terminal").headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("style-src 'self' 'unsafe-inline'")
        .doesNotContain("script-src 'self' 'unsafe");
    var script = page.body().replaceAll("(?s).*src=\"(/console/[0-9a-f]+/js/app.js)\".*", "$1");
    var app = get(script);
    assertThat(app.statusCode()).isEqualTo(200);
    assertThat(app.headers().firstValue("Content-Type")).hasValue("text/javascript;charset=UTF-8");
    assertThat(app.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
    assertThat(app.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(get("/console/0000/js/app.js").statusCode()).isEqualTo(404);
    assertThat(get("/console/index.html").statusCode()).isEqualTo(404);
  }

  private static HttpResponse<String> get(String path) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(URL + path)).timeout(Duration.ofSeconds(30));
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }
}
