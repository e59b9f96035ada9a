package dev.slipway.command.api;

import dev.slipway.model.InvalidInput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Set;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * The query parameter by which a client asks what would follow. Where nobody can tell, it is
 * refused: it must never be passed over and the request carried out.
 */
public final class DryRunFlag implements HandlerInterceptor {

  private static final String NAME = "dry_run";
  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

  /**
   * @throws InvalidInput if it is neither true nor false
   */
  public static boolean isSet(HttpServletRequest request) {
    var value = request.getParameter(NAME);
    return switch (value == null ? "false" : value.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new InvalidInput(NAME, "must be true or false");
    };
  }

  /**
   * @throws InvalidInput always
   */
  static void refuse() {
    throw new InvalidInput(NAME, "is for changes of services, containers, stacks and nodes only");
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (!READS.contains(request.getMethod())
        && handler instanceof HandlerMethod method
        && !method.getBeanType().isAnnotationPresent(TakesDryRun.class)
        && isSet(request)) {
      refuse();
    }
    return true;
  }
}
