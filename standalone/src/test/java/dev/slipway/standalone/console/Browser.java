package dev.slipway.standalone.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A headless Chromium, driven over the WebDriver protocol of the system's chromedriver. */
final class Browser implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process driver;
  private final String base;
  private String session = "";

  private Browser(Process driver, int port) {
    this.driver = driver;
    this.base = "http://127.0.0.1:" + port;
  }

  /** Skips the test where there is no browser, unless one is required. */
  static Browser open(int port) throws Exception {
    var program =
        Stream.of(System.getenv("PATH").split(":"))
            .map(folder -> Path.of(folder, "chromedriver"))
            .filter(Files::isExecutable)
            .findFirst();
    if (System.getenv("SLIPWAY_REQUIRE_BROWSER") == null) {
      assumeThat(program).as("chromedriver is installed").isPresent();
    }
    var driver =
        new ProcessBuilder(program.orElseThrow().toString(), "--port=" + port)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    var browser = new Browser(driver, port);
    await().atMost(PATIENCE).ignoreExceptions().until(browser::isReady);
    browser.begin();
    return browser;
  }

  private boolean isReady() throws Exception {
    return send("GET", "/status", null).path("ready").asBoolean();
  }

  private void begin() throws Exception {
    var options =
        Map.of(
            "args",
            List.of(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--window-size=1280,900"));
    var wanted = Map.of("browserName", "chrome", "goog:chromeOptions", options);
    var answer = send("POST", "/session", Map.of("capabilities", Map.of("alwaysMatch", wanted)));
    session = "/session/" + answer.path("sessionId").asString();
    send("POST", session + "/timeouts", Map.of("implicit", PATIENCE.toMillis(), "script", 60_000));
  }

  private JsonNode send(String method, String path, @org.jspecify.annotations.Nullable Object body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(base + path))
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    var answer = HTTP.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
    assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body()).path("value");
  }

  void go(String url) throws Exception {
    send("POST", session + "/url", Map.of("url", url));
  }

  JsonNode run(String script, Object... arguments) throws Exception {
    return send(
        "POST", session + "/execute/sync", Map.of("script", script, "args", List.of(arguments)));
  }

  /** Runs a script that calls its last argument with the result. */
  JsonNode runLater(String script) throws Exception {
    return send("POST", session + "/execute/async", Map.of("script", script, "args", List.of()));
  }

  /** The first element that an XPath finds; waits for it. */
  private String find(String xpath) throws Exception {
    var found = send("POST", session + "/element", Map.of("using", "xpath", "value", xpath));
    return session + "/element/" + found.properties().iterator().next().getValue().asString();
  }

  void click(String xpath) throws Exception {
    send("POST", find(xpath) + "/click", Map.of());
  }

  void type(String xpath, String text) throws Exception {
    send("POST", find(xpath) + "/value", Map.of("text", text));
  }

  void replace(String xpath, String text) throws Exception {
    send("POST", find(xpath) + "/clear", Map.of());
    type(xpath, text);
  }

  String text() throws Exception {
    return run("return document.body.innerText").asString();
  }

  void awaitText(String wanted) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(text()).containsIgnoringCase(wanted));
  }

  void awaitNoText(String unwanted) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(text()).doesNotContainIgnoringCase(unwanted));
  }

  void command(String name, Map<String, ?> parameters) throws Exception {
    send("POST", session + "/goog/cdp/execute", Map.of("cmd", name, "params", parameters));
  }

  void dark(boolean dark) throws Exception {
    var scheme = Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
    command("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
  }

  void width(int pixels) throws Exception {
    command(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", pixels, "height", 900, "deviceScaleFactor", 1, "mobile", pixels < 500));
  }

  JsonNode cookies() throws Exception {
    return send("GET", session + "/cookie", null);
  }

  void forgetCookies() throws Exception {
    send("DELETE", session + "/cookie", null);
  }

  void screenshot(Path file) throws Exception {
    var png = send("GET", session + "/screenshot", null).asString();
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode(png));
  }

  @Override
  public void close() throws Exception {
    if (!session.isEmpty()) {
      send("DELETE", session, null);
    }
    driver.destroy();
    driver.waitFor();
  }
}
