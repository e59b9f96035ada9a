package dev.slipway.http;

import jakarta.servlet.http.HttpServletResponse;

/** The headers by which browsers treat every answer as data, and show it in no frame. */
final class SecurityHeaders {

  private SecurityHeaders() {}

  static void set(HttpServletResponse response) {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    response.setHeader("Referrer-Policy", "no-referrer");
  }

  /** The pages of the console bring a policy of their own, by which they load their scripts. */
  static void setForConsole(HttpServletResponse response) {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
  }
}
