package dev.slipway.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/** A server with prepared answers that records its requests. */
final class FakeServer implements AutoCloseable {

  /** One answer. */
  record Answer(int status, String type, String body, Map<String, String> headers) {
    static Answer json(String body) {
      return new Answer(200, "application/json", body, Map.of());
    }

    static Answer json(int status, String body) {
      return new Answer(status, "application/json", body, Map.of());
    }

    Answer with(String name, String value) {
      var all = new HashMap<>(headers);
      all.put(name, value);
      return new Answer(status, type, body, all);
    }
  }

  /** One request. */
  record Asked(String method, String uri, String body, Map<String, String> headers) {}

  private final HttpServer server;
  private final Map<String, Answer> answers = Collections.synchronizedMap(new HashMap<>());
  private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());

  FakeServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The requests that change something: method and URI. */
  List<String> written() {
    return asked().stream()
        .filter(one -> !one.method().equals("GET"))
        .map(one -> one.method() + " " + one.uri())
        .toList();
  }

  List<Asked> asked() {
    return List.copyOf(asked);
  }

  /**
   * Gives an answer to all requests for a path.
   *
   * @param request method and path, such as {@code GET /version}; with its query if it matters
   */
  FakeServer on(String request, Answer answer) {
    answers.put(request, answer);
    return this;
  }

  FakeServer on(String request, String json) {
    return on(request, Answer.json(json));
  }

  FakeServer list(String path, String... objects) {
    return on(
        "GET " + path,
        "{\"meta\":{\"next\":null},\"objects\":[" + String.join(",", objects) + "]}");
  }

  private void handle(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var uri = exchange.getRequestURI();
    var headers = new HashMap<String, String>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) ->
                headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
    asked.add(new Asked(exchange.getRequestMethod(), uri.toString(), body, headers));
    var whole = answers.get(exchange.getRequestMethod() + " " + uri);
    var answer =
        whole == null ? answers.get(exchange.getRequestMethod() + " " + uri.getPath()) : whole;
    if (answer == null) {
      answer = Answer.json(404, "{\"error\":\"there is no %s\"}".formatted(uri.getPath()));
    }
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
    var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
