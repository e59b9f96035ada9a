package dev.slipway.standalone.limits;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/** Rejects writes that cannot be stored. Reads are answered from the views. */
final class LimitsFilter extends OncePerRequestFilter {

  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final String RETRY_AFTER_SECONDS = "5";

  private final Limits limits;

  LimitsFilter(Limits limits) {
    this.limits = limits;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getRequestURI().startsWith("/api/");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var rejection = limits.rejection(request.getMethod());
    if (rejection.isPresent()) {
      reject(response, rejection.get());
    } else {
      chain.doFilter(request, response);
    }
  }

  private static void reject(HttpServletResponse response, Limits.Rejection rejection)
      throws IOException {
    response.setStatus(rejection.status());
    response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
    response.setContentType("application/json");
    response.getOutputStream().write(MAPPER.writeValueAsBytes(Map.of("error", rejection.reason())));
  }
}
