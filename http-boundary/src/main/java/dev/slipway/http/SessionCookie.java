package dev.slipway.http;

import dev.slipway.model.Secret;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.ResponseCookie;

/**
 * The cookie that holds the key of a session. Over TLS its name has the prefix by which browsers
 * accept it from this host alone.
 */
public final class SessionCookie {

  private static final String NAME = "slipway";
  private static final String NAME_OVER_TLS = "__Host-slipway";

  private SessionCookie() {}

  private static String name(HttpServletRequest request) {
    return request.isSecure() ? NAME_OVER_TLS : NAME;
  }

  static Optional<Secret> in(HttpServletRequest request) {
    var cookies = request.getCookies();
    return cookies == null
        ? Optional.empty()
        : Stream.of(cookies)
            .filter(cookie -> cookie.getName().equals(name(request)))
            .findFirst()
            .map(cookie -> new Secret(cookie.getValue()));
  }

  /** The header that sets it. */
  public static String set(HttpServletRequest request, Secret key, Duration lasts) {
    return header(request, key.reveal(), lasts);
  }

  /** The header that sets it again, with the key that the request has; empty if it has none. */
  public static Optional<String> prolong(HttpServletRequest request, Duration lasts) {
    return in(request).map(key -> set(request, key, lasts));
  }

  /** The header that removes it. */
  public static String remove(HttpServletRequest request) {
    return header(request, "", Duration.ZERO);
  }

  private static String header(HttpServletRequest request, String value, Duration lasts) {
    return ResponseCookie.from(name(request), value)
        .httpOnly(true)
        .secure(request.isSecure())
        .sameSite("Strict")
        .path("/")
        .maxAge(lasts)
        .build()
        .toString();
  }
}
