package dev.slipway.cli.api;

import dev.slipway.cli.Failure;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The public API of one Slipway, asked as one user. Every failure is a {@link Failure}. */
public final class Api {

  private static final Duration SILENCE = Duration.ofSeconds(45);
  private static final int LARGEST_PAGE = 100;

  private final Connection connection;
  private final Transport transport;
  private final ApiErrors errors;

  public Api(Connection connection, Duration timeout) {
    this.connection = connection;
    this.transport = new Transport(timeout);
    this.errors = new ApiErrors(connection);
  }

  public Connection connection() {
    return connection;
  }

  /** An answer of any status that comes from a Slipway. */
  public Answer send(
      String method, String path, @Nullable JsonNode body, Map<String, String> headers) {
    var all = headers();
    all.putAll(headers);
    if (body != null) {
      all.put("Content-Type", "application/json");
    }
    try {
      var text = body == null ? (method.equals("POST") ? "" : null) : body.toString();
      return errors.fromSlipway(transport.send(method, uri(path), all, text));
    } catch (IOException failure) {
      throw errors.unreachable(failure);
    }
  }

  /** The object at a path. */
  public JsonNode get(String path) {
    return errors.require(send("GET", path, null, Map.of())).json();
  }

  /** The object at a path; null if there is none, or if an older server does not know the path. */
  public @Nullable JsonNode find(String path) {
    var answer = send("GET", path, null, Map.of());
    return answer.status() == 404 ? null : errors.require(answer).json();
  }

  public Answer require(Answer answer) {
    return errors.require(answer);
  }

  /** All objects of a list, page by page. */
  public List<JsonNode> all(String path) {
    var objects = new ArrayList<JsonNode>();
    var next = path + (path.contains("?") ? "&" : "?") + "limit=" + LARGEST_PAGE;
    while (!next.isEmpty()) {
      var page = get(next);
      objects.addAll(Json.list(page, "objects"));
      next = Json.text(page.path("meta"), "next");
    }
    return objects;
  }

  /** A stream of server-sent events, open. */
  public HttpURLConnection stream(String path, @Nullable String after) throws IOException {
    var all = headers();
    all.put("Accept", "text/event-stream");
    if (after != null) {
      all.put("Last-Event-ID", after);
    }
    var stream = transport.stream(uri(path), all, SILENCE);
    if (stream.getResponseCode() != 200) {
      throw errors.of(errors.fromSlipway(Transport.read(stream)));
    }
    return stream;
  }

  public Failure unreachable(IOException failure) {
    return errors.unreachable(failure);
  }

  public URI websocket(String path) {
    return URI.create(uri(path).toString().replaceFirst("^http", "ws"));
  }

  private URI uri(String path) {
    try {
      var uri = new URI(connection.url() + path);
      if (uri.getHost() == null || uri.getScheme() == null || !uri.getScheme().startsWith("http")) {
        throw Failure.usage(
            "the URL of context %s must begin with http:// or https:// (got \"%s\")"
                .formatted(connection.context(), connection.url()));
      }
      return uri;
    } catch (URISyntaxException invalid) {
      throw Failure.usage("invalid address %s%s".formatted(connection.url(), path));
    }
  }

  private Map<String, String> headers() {
    var headers = new HashMap<String, String>();
    headers.put("Authorization", connection.authorization());
    headers.put("Accept", "application/json");
    headers.put("User-Agent", "slipway-cli");
    return headers;
  }

  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
