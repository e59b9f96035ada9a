package dev.slipway.command.registry;

import dev.slipway.command.registry.LoginCheck.Result;
import dev.slipway.model.registry.RegistryLogin;
import dev.slipway.model.registry.RegistryScope;
import dev.slipway.model.wire.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Asks one registry. Redirects are not followed, so that a password goes to no other host than the
 * registry and the token server that it names.
 */
final class RegistryConnection implements AutoCloseable {

  private static final int MAX_TOKEN_BYTES = 64 * 1024;
  private static final Duration CONNECT = Duration.ofSeconds(3);

  /** A server of plain http may wait for the end of what it takes for a request. */
  private static final Duration FIRST_TRY = Duration.ofMillis(1500);

  private final HttpClient http =
      HttpClient.newBuilder().followRedirects(Redirect.NEVER).connectTimeout(CONNECT).build();
  private final String host;
  private final boolean insecure;

  RegistryConnection(String host, boolean insecure) {
    this.host = host.equals(RegistryScope.DOCKER_HUB) ? "registry-1.docker.io" : host;
    this.insecure = insecure || isLoopback(host);
  }

  static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon < 0 ? host : host.substring(0, colon);
  }

  /** The Engine takes plain http from these without being told. */
  private static boolean isLoopback(String host) {
    var name = withoutPort(host);
    return name.equals("localhost") || name.startsWith("127.");
  }

  Result check(RegistryLogin login) {
    var base = base();
    var first = send(URI.create(base + "/v2/"), null);
    if (first.status() == 200) {
      return new Result.NotChecked("the registry asks for no login");
    }
    if (first.status() != 401 || first.challenge() == null) {
      return new Result.NotChecked(
          "%s answers %d, which is no answer of a registry".formatted(host, first.status()));
    }
    var challenge = Challenge.parse(first.challenge());
    return switch (challenge.scheme()) {
      case "basic" -> access(base, login, basic(login));
      case "bearer" -> token(base, challenge, login);
      default -> new Result.NotChecked("%s wants a login that is not known".formatted(host));
    };
  }

  /** Over https, unless the registry is one of those that may do without and has none. */
  private String base() {
    var secure = "https://" + host;
    if (!insecure) {
      return secure;
    }
    try {
      var _ = send(URI.create(secure + "/v2/"), null, FIRST_TRY);
      return secure;
    } catch (UncheckedIOException noTls) {
      return "http://" + host;
    }
  }

  private Result token(String base, Challenge challenge, RegistryLogin login) {
    var realm = challenge.parameter("realm");
    if (realm == null || !(realm.startsWith("https://") || base.startsWith("http://"))) {
      return new Result.NotChecked("%s names no token server that may be asked".formatted(host));
    }
    var query = new StringBuilder("service=").append(encoded(challenge.parameter("service")));
    var path = login.scope().path();
    if (path != null) {
      query.append("&scope=").append(encoded("repository:%s:pull".formatted(path)));
    }
    var uri = URI.create(realm + (realm.indexOf('?') < 0 ? "?" : "&") + query);
    var answer = send(uri, basic(login));
    return switch (answer.status()) {
      case 200 -> {
        var token = answer.token();
        yield token == null
            ? new Result.NotChecked("the token server of %s gives no token".formatted(host))
            : access(base, login, "Bearer " + token);
      }
      case 400, 401, 403 -> rejected(login);
      default ->
          new Result.NotChecked(
              "the token server of %s answers %d".formatted(host, answer.status()));
    };
  }

  /** Whether the registry shows what the login is for. */
  private Result access(String base, RegistryLogin login, String authorization) {
    var path = login.scope().path();
    if (path == null && authorization.startsWith("Bearer ")) {
      return new Result.Accepted(); // the token server has taken it
    }
    var uri = URI.create(base + (path == null ? "/v2/" : "/v2/" + path + "/tags/list?n=1"));
    int status = send(uri, authorization).status();
    return switch (status) {
      case 200, 404 -> new Result.Accepted(); // 404: nothing was pushed yet
      case 401, 403 -> rejected(login);
      default -> new Result.NotChecked("%s answers %d".formatted(host, status));
    };
  }

  private static Result rejected(RegistryLogin login) {
    return new Result.Rejected(
        "the registry refused the credentials of %s for user \"%s\""
            .formatted(login.scope(), login.username()));
  }

  private static String basic(RegistryLogin login) {
    var pair = login.username() + ":" + login.password().reveal();
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(@Nullable String value) {
    return URLEncoder.encode(Objects.requireNonNullElse(value, ""), StandardCharsets.UTF_8);
  }

  /** What of an answer matters. */
  private record Answer(int status, @Nullable String challenge, @Nullable String token) {}

  private Answer send(URI uri, @Nullable String authorization) {
    return send(uri, authorization, CONNECT);
  }

  private Answer send(URI uri, @Nullable String authorization, Duration timeout) {
    var request = HttpRequest.newBuilder(uri).timeout(timeout).GET();
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    try {
      var answer = http.send(request.build(), BodyHandlers.ofInputStream());
      try (var body = answer.body()) {
        return new Answer(
            answer.statusCode(),
            answer.headers().firstValue("WWW-Authenticate").orElse(null),
            answer.statusCode() == 200 ? token(answer, body) : null);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(interrupted));
    }
  }

  private static @Nullable String token(HttpResponse<?> answer, InputStream body)
      throws IOException {
    if (answer.headers().firstValue("Content-Type").orElse("").contains("html")) {
      return null;
    }
    try {
      var json = Wire.MAPPER.readTree(body.readNBytes(MAX_TOKEN_BYTES));
      var token = json.path("token").asString(json.path("access_token").asString(""));
      return token.isEmpty() ? null : token;
    } catch (JacksonException noJson) {
      return null;
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
