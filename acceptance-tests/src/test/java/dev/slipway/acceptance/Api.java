package dev.slipway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of the API that knows it from its page only. Reads and writes may have two addresses.
 */
final class Api {

  static final String SERVICES = "/api/app/v1/service/";
  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final String reads;
  private final String writes;
  private final String authorization;

  Api(String reads, String writes, String user, String apiKey) {
    this.reads = reads;
    this.writes = writes;
    this.authorization =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((user + ":" + apiKey).getBytes(StandardCharsets.UTF_8));
  }

  /** An answer; {@code json} is always an object, since every answer must be one. */
  record Answer(int status, JsonNode json, HttpResponse<String> raw) {

    Answer is(int expected) {
      assertThat(status).as(raw.body()).isEqualTo(expected);
      return this;
    }

    String text(String field) {
      return json.path(field).asString();
    }
  }

  Answer get(String path) {
    return send(reads, "GET", path, null);
  }

  Answer post(String path) {
    return send(writes, "POST", path, null);
  }

  Answer post(String path, Map<String, ?> body) {
    return send(writes, "POST", path, JSON.writeValueAsString(body));
  }

  Answer patch(String path, Map<String, ?> body) {
    return send(writes, "PATCH", path, JSON.writeValueAsString(body));
  }

  Answer delete(String path) {
    return send(writes, "DELETE", path, null);
  }

  Answer postRaw(String path, String body) {
    return send(writes, "POST", path, body);
  }

  /** Any request, with headers as name, value, name, value. */
  Answer call(String method, String path, String body, String... headers) {
    return send(method.equals("GET") ? reads : writes, method, path, body, headers);
  }

  private Answer send(String base, String method, String path, String body, String... headers) {
    var builder =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(30))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Authorization", authorization);
    var request = (headers.length > 0 ? builder.headers(headers) : builder).build();
    try {
      var answer = http.send(request, BodyHandlers.ofString());
      var json = JSON.readTree(answer.body());
      assertThat(json.isObject()).as("%s %s: %s", method, path, answer.body()).isTrue();
      return new Answer(answer.statusCode(), json, answer);
    } catch (IOException unreachable) {
      throw new java.io.UncheckedIOException(unreachable);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** The header block of an answer as it is on the wire; the client of Java changes letters. */
  String exactHeaders(String method, String path) {
    var address = URI.create(writes);
    try (var socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(20_000);
      var request =
          "%s %s HTTP/1.1\r\nHost: %s\r\nAuthorization: %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
              .formatted(method, path, address.getHost(), authorization);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      var whole = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return whole.substring(0, whole.indexOf("\r\n\r\n"));
    } catch (IOException unreachable) {
      throw new java.io.UncheckedIOException(unreachable);
    }
  }

  /** The body of a page, empty while it does not answer. */
  String page(String host, int port) {
    var request =
        HttpRequest.newBuilder(URI.create("http://%s:%d/".formatted(host, port)))
            .timeout(Duration.ofSeconds(2))
            .build();
    try {
      return http.send(request, BodyHandlers.ofString()).body();
    } catch (IOException notYet) {
      return "";
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Every frame that the stream sends until the server closes it. */
  List<JsonNode> stream(String path) throws Exception {
    var frames = new CopyOnWriteArrayList<JsonNode>();
    follow(path, frames::add);
    return frames;
  }

  /**
   * Frames of a stream until the server closes it, or no more are wanted: then the connection is
   * broken without a goodbye.
   *
   * @param more takes a frame, and tells whether another is wanted
   */
  void follow(String path, Predicate<JsonNode> more) throws Exception {
    follow(path, "", more);
  }

  private void follow(String path, String typed, Predicate<JsonNode> more) throws Exception {
    var over = new CompletableFuture<Integer>();
    var socket =
        http.newWebSocketBuilder()
            .header("Authorization", authorization)
            .buildAsync(URI.create(reads.replaceFirst("^http", "ws") + path), listener(more, over))
            .get(10, TimeUnit.SECONDS);
    try {
      if (!typed.isEmpty()) {
        socket.sendText(typed, true).get(10, TimeUnit.SECONDS);
      }
      over.get(20, TimeUnit.SECONDS);
    } finally {
      socket.abort();
    }
  }

  /** What a terminal shows until its command ends, with this typed into it. */
  String terminal(String path, String typed) throws Exception {
    var shown = new StringBuffer();
    follow(
        path,
        typed,
        frame -> {
          shown.append(frame.path("output").asString(""));
          return true;
        });
    return shown.toString();
  }

  /**
   * Lines of server-sent events, until the stream is closed.
   *
   * @param last where an earlier stream was left, empty for a new one
   */
  HttpResponse<Stream<String>> events(String path, String last) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(reads + path)).header("Authorization", authorization);
    if (!last.isEmpty()) {
      request.header("Last-Event-ID", last);
    }
    return http.send(request.build(), BodyHandlers.ofLines());
  }

  private static WebSocket.Listener listener(
      Predicate<JsonNode> more, CompletableFuture<Integer> over) {
    return new WebSocket.Listener() {
      private final StringBuilder frame = new StringBuilder();

      @Override
      public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        frame.append(data);
        if (last && !over.isDone()) {
          if (!more.test(JSON.readTree(frame.toString()))) {
            over.complete(WebSocket.NORMAL_CLOSURE);
          }
          frame.setLength(0);
        }
        socket.request(1);
        return null;
      }

      @Override
      public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
        over.complete(status);
        return null;
      }

      @Override
      public void onError(WebSocket socket, Throwable failure) {
        over.completeExceptionally(failure);
      }
    };
  }
}
