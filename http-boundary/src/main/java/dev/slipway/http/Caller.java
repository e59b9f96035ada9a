package dev.slipway.http;

import dev.slipway.model.Namespace;
import dev.slipway.model.action.Origin;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request, from where, and for which namespace.
 *
 * @param reason what the client gave as its reason in {@code X-Change-Reason}
 * @param path as the client sent it
 */
public record Caller(
    String user,
    Namespace namespace,
    String ip,
    String userAgent,
    @Nullable String reason,
    String method,
    String path) {

  static final String ATTRIBUTE = Caller.class.getName();

  /**
   * @throws NullPointerException if the request is of a path that needs no login
   */
  public static Caller of(HttpServletRequest request) {
    return Objects.requireNonNull((Caller) request.getAttribute(ATTRIBUTE));
  }

  public Origin origin() {
    return new Origin(user, ip, userAgent, reason);
  }
}
