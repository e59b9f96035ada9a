package dev.slipway.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A transport that speaks the API version of its connection. A request that the Engine refuses for
 * its version is sent again in the version that is then agreed: the Engine has done nothing yet.
 */
final class VersionedTransport implements DockerHttpClient {

  private static final Pattern VERSION_REFUSED =
      Pattern.compile("client version \\S+ is too (old|new)", Pattern.CASE_INSENSITIVE);
  private static final Set<Integer> OF_A_PROXY = Set.of(502, 503, 504);
  private static final int BAD_REQUEST = 400;
  private static final int MAX_ERROR_BYTES = 64 * 1024;
  private static final int MAX_TRIES = 3;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final EngineConnection connection;
  private final DockerHttpClient transport;
  private final Duration limit;

  /**
   * @param limit of a call, zero for none
   */
  VersionedTransport(EngineConnection connection, DockerHttpClient transport, Duration limit) {
    this.connection = connection;
    this.transport = transport;
    this.limit = limit;
  }

  @Override
  public Response execute(Request request) {
    for (int attempt = 1; ; attempt++) {
      var spoken = connection.version();
      var response = send(request, spoken);
      if (response.getStatusCode() != BAD_REQUEST) {
        return response;
      }
      var refusal = new KeptResponse(response);
      if (!VERSION_REFUSED.matcher(refusal.text()).find()) {
        return refusal;
      }
      connection.forget(spoken);
      if (attempt == MAX_TRIES) {
        throw new EngineUnusable("refuses: " + refusal.message());
      }
    }
  }

  private Response send(Request request, Agreed spoken) {
    var versioned =
        Request.builder()
            .from(EndpointMacAddress.adapt(request, spoken.version()))
            .path("/v" + spoken.version() + request.path())
            .build();
    Response response;
    try {
      response = transport.execute(versioned);
    } catch (RuntimeException failure) {
      connection.forget(spoken);
      throw ConnectionProblem.explain(connection.host(), failure, limit);
    }
    try {
      check(connection.host(), response);
    } catch (EngineUnusable unusable) {
      connection.forget(spoken);
      throw unusable;
    }
    return response;
  }

  /** Rejects what cannot come from an Engine. */
  static void check(URI host, Response response) {
    var type = response.getHeader("Content-Type");
    if (type != null && type.toLowerCase(Locale.ROOT).startsWith("text/html")) {
      response.close();
      throw new EngineUnusable(
          "does not answer at %s: HTML came instead (status %d), so that another server listens there"
              .formatted(host, response.getStatusCode()));
    }
    if (OF_A_PROXY.contains(response.getStatusCode())) {
      var kept = new KeptResponse(response);
      throw new EngineUnusable(
          "does not answer at %s: status %d %s"
              .formatted(host, response.getStatusCode(), kept.message()));
    }
  }

  @Override
  public void close() throws IOException {
    transport.close();
  }

  /** A response whose short body has been read. */
  static final class KeptResponse implements Response {

    private final int status;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    KeptResponse(Response response) {
      try (response) {
        this.status = response.getStatusCode();
        this.headers = response.getHeaders();
        this.body = read(response.getBody());
      }
    }

    private static byte[] read(@Nullable InputStream body) {
      try {
        return body == null ? new byte[0] : body.readNBytes(MAX_ERROR_BYTES);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8).strip();
    }

    /** The message of the JSON object, or the whole text if it is none. */
    String message() {
      try {
        return JSON.readTree(text()).path("message").asString(text());
      } catch (JacksonException notJson) {
        return text();
      }
    }

    @Override
    public int getStatusCode() {
      return status;
    }

    @Override
    public Map<String, List<String>> getHeaders() {
      return headers;
    }

    @Override
    public InputStream getBody() {
      return new ByteArrayInputStream(body);
    }

    @Override
    public void close() {}
  }
}
