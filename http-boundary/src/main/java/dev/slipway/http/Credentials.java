package dev.slipway.http;

import dev.slipway.model.Secret;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a client shows of itself, in any of the forms that clients send. */
sealed interface Credentials {

  Secret key();

  /** A user and an API key. */
  record UserAndKey(String user, Secret key) implements Credentials {}

  /** The token that a container was given. */
  record Token(Secret key) implements Credentials {}

  /** The key of a session at the console, which a browser sends by itself. */
  record Session(Secret key) implements Credentials {}

  /**
   * From the header, from a cookie, or from the query, as the Go client's streams send them: an
   * address of anything else must not hold a key, since logs and histories keep addresses.
   */
  static Optional<Credentials> in(HttpServletRequest request, ApiPath path) {
    var header = request.getHeader("Authorization");
    if (header != null) {
      return inHeader(header);
    }
    var query = request.getQueryString();
    if (!path.isStream() || query == null || !query.contains("token=")) {
      return SessionCookie.in(request).map(Session::new);
    }
    return of(request.getParameter("user"), request.getParameter("token"));
  }

  private static Optional<Credentials> inHeader(String header) {
    int space = header.indexOf(' ');
    if (space < 0) {
      return Optional.empty();
    }
    var value = header.substring(space + 1).strip();
    return switch (header.substring(0, space).toLowerCase(Locale.ROOT)) {
      case "basic" -> decoded(value).flatMap(Credentials::userAndKey);
      case "apikey" -> userAndKey(value);
      case "tutumaccesskey", "bearer" -> Optional.of(new Token(new Secret(value)));
      default -> Optional.empty();
    };
  }

  private static Optional<String> decoded(String base64) {
    try {
      return Optional.of(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static Optional<Credentials> userAndKey(String text) {
    int colon = text.indexOf(':');
    return colon < 0 ? Optional.empty() : of(text.substring(0, colon), text.substring(colon + 1));
  }

  private static Optional<Credentials> of(@Nullable String user, @Nullable String key) {
    return user == null || key == null
        ? Optional.empty()
        : Optional.of(new UserAndKey(user, new Secret(key)));
  }
}
