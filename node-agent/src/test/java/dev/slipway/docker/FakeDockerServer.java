package dev.slipway.docker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A Docker Engine over HTTP that holds containers in memory. It refuses API versions outside its
 * range with the status and message of the real one, and can be upgraded, replaced, slowed down and
 * stopped while clients are connected.
 */
public final class FakeDockerServer implements AutoCloseable {

  /** How it treats every request. */
  public enum Mood {
    WELL,
    /** As a web server that took its port. */
    HTML,
    /** As a proxy whose Engine is away. */
    BAD_GATEWAY
  }

  private static final Pattern VERSIONED = Pattern.compile("/v(\\d+\\.\\d+)(/.*)");

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final int port;
  private HttpServer http;
  private CountDownLatch stopped = new CountDownLatch(1);
  private volatile FakeContainers containers = new FakeContainers("first");
  private volatile String version;
  private volatile ApiVersions offered;
  private volatile Mood mood = Mood.WELL;
  private volatile Duration delay = Duration.ZERO;
  private volatile Predicate<String> delayed = _ -> true;

  public FakeDockerServer(String version, String oldest, String newest) {
    this.version = version;
    this.offered = range(oldest, newest);
    this.http = listen(0);
    this.port = http.getAddress().getPort();
  }

  static ApiVersions range(String oldest, String newest) {
    return new ApiVersions(
        ApiVersion.parse(oldest).orElseThrow(), ApiVersion.parse(newest).orElseThrow());
  }

  private HttpServer listen(int port) {
    try {
      var server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext("/", this::handle);
      server.start();
      return server;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public URI host() {
    return URI.create("tcp://127.0.0.1:" + port);
  }

  /** Every request so far, as method and path with the version. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  public FakeContainers containers() {
    return containers;
  }

  public void mood(Mood mood) {
    this.mood = mood;
  }

  /** Answers these requests later. */
  public void delay(Duration delay, Predicate<String> requests) {
    this.delayed = requests;
    this.delay = delay;
  }

  /** Speaks other versions from now on, without a restart. */
  public void offer(String version, String oldest, String newest) {
    this.version = version;
    this.offered = range(oldest, newest);
  }

  /** Another Engine, without containers, takes its place. */
  public void replace(String id) {
    stop();
    containers = new FakeContainers(id);
    start();
  }

  public void stop() {
    stopped.countDown();
    http.stop(0);
  }

  public void start() {
    stopped = new CountDownLatch(1);
    http = listen(port);
  }

  private void handle(HttpExchange exchange) throws IOException {
    var uri = exchange.getRequestURI();
    requests.add(exchange.getRequestMethod() + " " + uri.getRawPath());
    waitIfSlow(uri.getPath());
    switch (mood) {
      case HTML -> answer(exchange, 200, "text/html; charset=utf-8", "<html>hello</html>");
      case BAD_GATEWAY -> answer(exchange, 502, "text/plain", "Bad Gateway");
      case WELL -> route(exchange, uri.getPath());
    }
  }

  private void waitIfSlow(String path) {
    if (!delay.isZero() && delayed.test(path)) {
      await(stopped, delay);
    }
  }

  private void route(HttpExchange exchange, String path) throws IOException {
    exchange.getResponseHeaders().set("Api-Version", offered.newest().toString());
    var versioned = VERSIONED.matcher(path);
    if (!versioned.matches()) {
      serve(exchange, path);
      return;
    }
    var asked = ApiVersion.parse(versioned.group(1)).orElseThrow();
    if (asked.compareTo(offered.oldest()) < 0) {
      refuse(
          exchange,
          "client version %s is too old. Minimum supported API version is %s, please upgrade your client to a newer version"
              .formatted(asked, offered.oldest()));
    } else if (asked.compareTo(offered.newest()) > 0) {
      refuse(
          exchange,
          "client version %s is too new. Maximum supported API version is %s"
              .formatted(asked, offered.newest()));
    } else {
      serve(exchange, versioned.group(2));
    }
  }

  private static void refuse(HttpExchange exchange, String message) throws IOException {
    json(exchange, 400, "{\"message\":\"%s\"}".formatted(message));
  }

  private void serve(HttpExchange exchange, String path) throws IOException {
    switch (path) {
      case "/_ping" -> answer(exchange, 200, "text/plain; charset=utf-8", "OK");
      case "/version" ->
          json(
              exchange,
              200,
              "{\"Version\":\"%s\",\"ApiVersion\":\"%s\",\"MinAPIVersion\":\"%s\",\"Os\":\"linux\"}"
                  .formatted(version, offered.newest(), offered.oldest()));
      case "/info" -> json(exchange, 200, containers.info(version));
      case "/events" -> stream(exchange);
      default -> {
        if (path.endsWith("/logs")) {
          stream(exchange);
        } else {
          containers.serve(exchange, path);
        }
      }
    }
  }

  /** Says nothing until the server stops. */
  private void stream(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().flush();
    await(stopped, Duration.ofMinutes(5));
    exchange.close();
  }

  private static void await(CountDownLatch end, Duration longest) {
    try {
      boolean _ = end.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  static void json(HttpExchange exchange, int status, String body) throws IOException {
    answer(exchange, status, "application/json", body);
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", type);
    boolean empty = status == 204 || status == 304;
    exchange.sendResponseHeaders(status, empty || bytes.length == 0 ? -1 : bytes.length);
    if (!empty) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  @Override
  public void close() {
    stop();
  }
}
