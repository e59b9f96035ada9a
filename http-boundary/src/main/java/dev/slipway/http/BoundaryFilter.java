package dev.slipway.http;

import dev.slipway.http.Accounts.Account;
import dev.slipway.model.Namespace;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Brings each path to its one form and lets in who may come in, before anything else looks at it.
 */
final class BoundaryFilter extends OncePerRequestFilter {

  private static final int LONGEST_REASON = 1_000;

  private final Accounts accounts;

  BoundaryFilter(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var path = ApiPath.of(request.getRequestURI());
    if (path.isProtected()) {
      var account = Credentials.in(request).flatMap(accounts::verify).orElse(null);
      if (account == null) {
        response.setHeader("WWW-Authenticate", "Basic realm=\"slipway\"");
        refuse(response, HttpServletResponse.SC_UNAUTHORIZED, "the user or the API key is wrong");
        return;
      }
      if (path.namespace() != null && !account.mayUse(path.namespace())) {
        refuse(response, HttpServletResponse.SC_NOT_FOUND, "there is nothing at this path");
        return;
      }
      request.setAttribute(Caller.ATTRIBUTE, caller(request, account));
      response.setHeader("Cache-Control", "no-cache");
      response.setHeader("Vary", "Accept, Authorization, Cookie");
    }
    chain.doFilter(new CanonicalRequest(request, path.canonical()), response);
  }

  private static Caller caller(HttpServletRequest request, Account account) {
    return new Caller(
        account.user(),
        new Namespace(account.namespace().value()),
        request.getRemoteAddr(),
        Objects.requireNonNullElse(request.getHeader("User-Agent"), ""),
        reason(request),
        request.getMethod(),
        request.getRequestURI());
  }

  private static @Nullable String reason(HttpServletRequest request) {
    var reason = request.getHeader("X-Change-Reason");
    return reason == null || reason.length() <= LONGEST_REASON
        ? reason
        : reason.substring(0, LONGEST_REASON);
  }

  private static void refuse(HttpServletResponse response, int status, String message)
      throws IOException {
    response.setStatus(status);
    response.setContentType("application/json");
    response.getOutputStream().write(ApiError.json(message));
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
      return type != null && type.startsWith("application/x-www-form-urlencoded")
          ? "application/json"
          : type;
    }
  }
}
