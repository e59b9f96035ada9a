package dev.slipway.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds requests that a browser sends on behalf of another site's page (CSRF). Programs other than
 * browsers send neither {@code Sec-Fetch-Site} nor {@code Origin}.
 */
final class CrossSite {

  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

  private CrossSite() {}

  static boolean isWrite(HttpServletRequest request) {
    return !READS.contains(request.getMethod());
  }

  /** Whether it writes and comes from a page of another site or origin. */
  static boolean isForeignWrite(HttpServletRequest request) {
    if (!isWrite(request)) {
      return false;
    }
    var site = request.getHeader("Sec-Fetch-Site");
    if ("cross-site".equalsIgnoreCase(site)) {
      return true;
    }
    var origin = request.getHeader("Origin");
    return origin != null && !"same-origin".equalsIgnoreCase(site) && !isOwn(origin, request);
  }

  /**
   * Whether a request that is authenticated by a cookie may be answered: a write must come from a
   * page of ours and say so in a header that no form can set, a websocket must have our origin.
   */
  static boolean mayUseCookie(HttpServletRequest request) {
    if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      return isOwn(request.getHeader("Origin"), request);
    }
    return !isWrite(request)
        || (isFromConsole(request)
            && ("same-origin".equalsIgnoreCase(request.getHeader("Sec-Fetch-Site"))
                || isOwn(request.getHeader("Origin"), request)));
  }

  /** Whether the console sends it. It gets no answer that makes a browser ask for a password. */
  static boolean isFromConsole(HttpServletRequest request) {
    return "1".equals(request.getHeader("X-Slipway-Console"));
  }

  /** Compares host and port alone: the scheme is another one behind a proxy with TLS. */
  private static boolean isOwn(@Nullable String origin, HttpServletRequest request) {
    var host = request.getHeader("Host");
    if (origin == null || host == null) {
      return false;
    }
    int scheme = origin.indexOf("://");
    if (scheme < 0) {
      return false;
    }
    var port = origin.startsWith("https") ? ":443" : ":80";
    return withoutPort(origin.substring(scheme + 3), port).equals(withoutPort(host, port));
  }

  private static String withoutPort(String host, String port) {
    var lower = host.toLowerCase(Locale.ROOT);
    return lower.endsWith(port) ? lower.substring(0, lower.length() - port.length()) : lower;
  }
}
