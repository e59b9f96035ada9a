package dev.slipway.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.http.AccountLog;
import dev.slipway.query.projection.FakeLog;
import dev.slipway.query.projection.KafkaAccess;
import dev.slipway.query.projection.Stores;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The query service on a log that a test writes, asked as its administrator. */
final class QueryServer implements AutoCloseable {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String LOGIN =
      "Basic " + Base64.getEncoder().encodeToString("admin:key".getBytes(StandardCharsets.UTF_8));

  private final ServletWebServerApplicationContext context;

  QueryServer(FakeLog log, String... settings) {
    var application = QueryServiceApplication.application();
    application.addInitializers(
        started -> {
          var beans = started.getBeanFactory();
          beans.registerSingleton("log", (KafkaAccess) log);
          beans.registerSingleton("accountLog", (AccountLog) () -> log.consumer("directory"));
        });
    var arguments =
        new ArrayList<>(
            List.of(
                "--slipway.port=0",
                "--slipway.user=admin",
                "--slipway.apikey=key",
                "--slipway.url=http://api",
                "--slipway.actions.max-age=36500d",
                "--slipway.mongodb=" + Stores.freshUri()));
    arguments.addAll(List.of(settings));
    context =
        (ServletWebServerApplicationContext) application.run(arguments.toArray(String[]::new));
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> get("/actuator/health/readiness").statusCode() == 200);
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    var uri = URI.create("http://127.0.0.1:%d%s".formatted(context.getWebServer().getPort(), path));
    return HTTP.send(
        HttpRequest.newBuilder(uri).header("Authorization", LOGIN).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Without a login. */
  HttpResponse<String> getOpenly(String path, List<String> headers)
      throws IOException, InterruptedException {
    var uri = URI.create("http://127.0.0.1:%d%s".formatted(context.getWebServer().getPort(), path));
    var request = HttpRequest.newBuilder(uri);
    if (!headers.isEmpty()) {
      request.headers(headers.toArray(String[]::new));
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  JsonNode json(String path) throws IOException, InterruptedException {
    var response = get(path);
    assertThat(response.statusCode()).as(path + " " + response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  /** The texts of one field of a list's objects. */
  List<String> texts(String path, String field) throws IOException, InterruptedException {
    return json(path).get("objects").valueStream().map(o -> o.get(field).asString()).toList();
  }

  @Override
  public void close() {
    context.close();
  }
}
