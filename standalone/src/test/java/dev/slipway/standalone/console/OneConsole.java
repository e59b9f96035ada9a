package dev.slipway.standalone.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.standalone.InOneProcess;
import dev.slipway.standalone.embedded.ChildProcess;
import dev.slipway.standalone.embedded.FreePort;
import java.io.IOException;
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
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A simulated Slipway and a browser that several tests of one run share. */
final class OneConsole implements BeforeAllCallback {

  static final String SERVICES = "/api/app/v1/service/";
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static @Nullable Running running;

  /** Ends with the last test of the run. */
  private record Running(Browser browser, ChildProcess slipway, String url, String key, Path data)
      implements AutoCloseable {

    static Running start() {
      try {
        var browser = Browser.open();
        int port = FreePort.forSlipway();
        var data = Files.createTempDirectory("console");
        var slipway = InOneProcess.up(port, data, Map.of("SLIPWAY_KAFKA_PORT", "0"));
        var key = Files.readString(data.resolve("apikey")).strip();
        return new Running(browser, slipway, "http://127.0.0.1:" + port, key, data);
      } catch (RuntimeException failure) {
        throw failure;
      } catch (Exception failure) {
        throw new IllegalStateException(failure);
      }
    }

    @Override
    public void close() throws Exception {
      browser.close();
      slipway.close();
      FileSystemUtils.deleteRecursively(data);
    }
  }

  @Override
  public void beforeAll(ExtensionContext test) {
    running =
        test.getRoot()
            .getStore(ExtensionContext.Namespace.GLOBAL)
            .computeIfAbsent(Running.class, _ -> Running.start(), Running.class);
  }

  private static Running running() {
    return Objects.requireNonNull(running);
  }

  static Browser browser() {
    return running().browser();
  }

  static String key() {
    return running().key();
  }

  static URI uri(String path) {
    return URI.create(running().url() + path);
  }

  /** Opens a page, such as {@code services}. */
  static void show(String page) {
    browser().go(uri("/console/#/" + page).toString());
  }

  static void logIn(String user, String apiKey) {
    browser().forgetCookies();
    browser().go(uri("/version").toString());
    show("overview");
    browser().replace("//input[@name='username']", user);
    browser().type("//input[@name='apikey']", apiKey);
    browser().click("//button[.='Log in']");
    browser().awaitText("Overview");
  }

  static JsonNode call(String method, String path, String body, String reason)
      throws IOException, InterruptedException {
    var login =
        Base64.getEncoder().encodeToString(("admin:" + key()).getBytes(StandardCharsets.UTF_8));
    var request =
        HttpRequest.newBuilder(uri(path))
            .header("Authorization", "Basic " + login)
            .header("X-Change-Reason", reason)
            .method(method, BodyPublishers.ofString(body))
            .build();
    var answer = send(request);
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return JsonMapper.shared().readTree(answer.body());
  }

  static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(30)).build());
  }

  static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return HTTP.send(request, BodyHandlers.ofString());
  }

  /** Makes a service, and returns its uuid. */
  static String service(String body) throws IOException, InterruptedException {
    return call("POST", SERVICES, body, "test").path("uuid").asString();
  }
}
