package dev.slipway.cli.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests. The older of the JDK's two clients starts three times as fast and is used for all
 * that it can do; it knows no PATCH.
 */
public final class Transport {

  private static final int CONNECT_TIMEOUT_MS = 5_000;

  private final int readTimeoutMs;

  static {
    // A request that was sent may have been carried out: it is not repeated unasked.
    System.setProperty("sun.net.http.retryPost", "false");
  }

  public Transport(Duration readTimeout) {
    this.readTimeoutMs = (int) readTimeout.toMillis();
  }

  public Answer send(String method, URI uri, Map<String, String> headers, @Nullable String body)
      throws IOException {
    return method.equals("PATCH")
        ? sendPatch(uri, headers, body == null ? "{}" : body)
        : read(open(method, uri, headers, body, readTimeoutMs));
  }

  /** An answer whose body is read as it comes. */
  public HttpURLConnection stream(URI uri, Map<String, String> headers, Duration silence)
      throws IOException {
    return open("GET", uri, headers, null, (int) silence.toMillis());
  }

  private static HttpURLConnection open(
      String method, URI uri, Map<String, String> headers, @Nullable String body, int timeoutMs)
      throws IOException {
    var connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setRequestMethod(method);
    connection.setConnectTimeout(CONNECT_TIMEOUT_MS);
    connection.setReadTimeout(timeoutMs);
    connection.setInstanceFollowRedirects(false);
    headers.forEach(connection::setRequestProperty);
    if (body != null) {
      var bytes = body.getBytes(StandardCharsets.UTF_8);
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(bytes.length);
      try (var stream = connection.getOutputStream()) {
        stream.write(bytes);
      }
    }
    return connection;
  }

  /** The whole answer of a connection. */
  public static Answer read(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    var headers = new HashMap<String, List<String>>();
    connection
        .getHeaderFields()
        .forEach(
            (name, values) -> {
              if (name != null) {
                headers.put(name.toLowerCase(Locale.ROOT), values.reversed());
              }
            });
    try (InputStream stream =
        status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
      var body = stream == null ? "" : new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(status, headers, body);
    }
  }

  private Answer sendPatch(URI uri, Map<String, String> headers, String body) throws IOException {
    var request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofMillis(readTimeoutMs))
            .method("PATCH", HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    try (var client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofMillis(CONNECT_TIMEOUT_MS))
            .build()) {
      var response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Answer(response.statusCode(), response.headers().map(), response.body());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }
}
