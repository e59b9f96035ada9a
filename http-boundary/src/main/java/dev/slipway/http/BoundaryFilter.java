package dev.slipway.http;

import dev.slipway.http.Gate.Admission;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Brings each path to its one form and lets in who may come in, before anything else looks at it.
 */
final class BoundaryFilter extends OncePerRequestFilter {

  private static final Admission.Shut FOREIGN_WRITE =
      new Admission.Shut(
          HttpStatus.FORBIDDEN, "a page of another site must not write here", Map.of());

  private final Gate gate;

  BoundaryFilter(Gate gate) {
    this.gate = gate;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var path = ApiPath.of(request.getRequestURI());
    setHeaders(response, path);
    var brokenRule = MalformedRequest.ruleBrokenBy(request);
    if (brokenRule.isPresent()) {
      refuse(response, new Admission.Shut(HttpStatus.BAD_REQUEST, brokenRule.get(), Map.of()));
      return;
    }
    if (CrossSite.isForeignWrite(request)) {
      refuse(response, FOREIGN_WRITE);
      return;
    }
    request.setAttribute(ApiPath.NAMESPACE, path.namespace());
    if (path.needsLogin(request.getMethod())) {
      switch (gate.admit(request, path)) {
        case Admission.Shut shut -> {
          refuse(response, shut);
          return;
        }
        case Admission.Open(var caller) -> {
          request.setAttribute(Caller.ATTRIBUTE, caller);
          request.setAttribute(StandingRights.ATTRIBUTE, gate.standingRights(request, path));
          response.setHeader("Cache-Control", "no-store");
          response.setHeader("Vary", "Accept, Authorization, Cookie");
        }
      }
    }
    chain.doFilter(new CanonicalRequest(request, path.canonical()), response);
  }

  private static void setHeaders(HttpServletResponse response, ApiPath path) {
    if (path.isConsole()) {
      SecurityHeaders.setForConsole(response);
    } else {
      SecurityHeaders.set(response);
    }
  }

  private static void refuse(HttpServletResponse response, Admission.Shut shut) throws IOException {
    response.setStatus(shut.status().value());
    shut.headers().forEach(response::setHeader);
    response.setContentType("application/json");
    response.getOutputStream().write(ApiError.json(shut.message()));
  }

  /**
   * The same request under its path's one form. A body that curl calls a form by default is not
   * taken for one, or filters further in would read it before we do.
   */
  private static final class CanonicalRequest extends HttpServletRequestWrapper {

    private final String path;

    CanonicalRequest(HttpServletRequest request, String path) {
      super(request);
      this.path = path.isEmpty() ? "/" : path;
    }

    @Override
    public String getRequestURI() {
      return path;
    }

    @Override
    public String getServletPath() {
      return path;
    }

    @Override
    public @Nullable String getContentType() {
      var type = super.getContentType();
      return type != null
              && type.strip()
                  .toLowerCase(Locale.ROOT)
                  .startsWith("application/x-www-form-urlencoded")
          ? "application/json"
          : type;
    }
  }
}
