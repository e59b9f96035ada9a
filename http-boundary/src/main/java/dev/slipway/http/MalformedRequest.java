package dev.slipway.http;

import dev.slipway.model.Ascii;
import dev.slipway.model.Digits;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is malformed in the protocol, the query or the {@code Origin} of a request. The
 * framework has no answer of its own for these, or one that is no JSON.
 */
final class MalformedRequest {

  private static final Set<String> PROTOCOLS = Set.of("HTTP/1.0", "HTTP/1.1", "HTTP/2.0");

  private static final int MAX_ORIGIN_CHARACTERS = 512;
  private static final int MAX_PORT = 65_535;

  private MalformedRequest() {}

  /** The rule that the request breaks, empty if it breaks none. */
  static Optional<String> ruleBrokenBy(HttpServletRequest request) {
    if (!PROTOCOLS.contains(request.getProtocol())) {
      return Optional.of("the protocol must be HTTP/1.0, HTTP/1.1 or HTTP/2");
    }
    return QueryText.ruleBrokenBy(request.getQueryString())
        .or(() -> originRuleBrokenBy(request.getHeader("Origin")));
  }

  static Optional<String> originRuleBrokenBy(@Nullable String origin) {
    return origin == null || origin.equals("null") || isOrigin(origin)
        ? Optional.empty()
        : Optional.of("Origin must be 'null' or like https://host:port");
  }

  private static boolean isOrigin(String origin) {
    int scheme = origin.indexOf("://");
    if (origin.length() > MAX_ORIGIN_CHARACTERS || scheme < 1) {
      return false;
    }
    return origin
            .substring(0, scheme)
            .chars()
            .allMatch(c -> Ascii.isLetterOrDigit(c) || "+-.".indexOf(c) >= 0)
        && isHostAndPort(origin.substring(scheme + 3));
  }

  private static boolean isHostAndPort(String text) {
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      return end > 1
          && text.substring(1, end)
              .chars()
              .allMatch(c -> Ascii.isLetterOrDigit(c) || c == ':' || c == '.')
          && isPort(text.substring(end + 1));
    }
    int colon = text.indexOf(':');
    var host = colon < 0 ? text : text.substring(0, colon);
    return !host.isEmpty()
        && host.chars().allMatch(c -> Ascii.isLetterOrDigit(c) || "-._".indexOf(c) >= 0)
        && isPort(colon < 0 ? "" : text.substring(colon));
  }

  /** Nothing, or a colon and a number. */
  private static boolean isPort(String text) {
    if (text.isEmpty()) {
      return true;
    }
    var digits = text.substring(1);
    return text.charAt(0) == ':'
        && Digits.isNumber(digits, 5)
        && Integer.parseInt(digits) <= MAX_PORT;
  }
}
