package dev.slipway.http;

import dev.slipway.http.Accounts.Login;
import dev.slipway.http.Credentials.Session;
import dev.slipway.http.Credentials.Token;
import dev.slipway.http.Credentials.UserAndKey;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.Namespace;
import dev.slipway.model.account.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** Decides whether a request may come in, and for whom. */
final class Gate {

  private static final String REASON = "X-Change-Reason";

  /** Before a value that is percent-encoded, since headers are ASCII (RFC 8187). */
  private static final String EXTENDED = "UTF-8''";

  private static final int LONGEST_REASON = 1_000;

  private final Accounts accounts;
  private final LoginThrottle throttle;

  Gate(Accounts accounts, LoginThrottle throttle) {
    this.accounts = accounts;
    this.throttle = throttle;
  }

  /** What becomes of a request. */
  sealed interface Admission {

    /** It goes on, as this caller's. */
    record Open(Caller caller) implements Admission {}

    /** It is answered here. */
    record Shut(HttpStatus status, String message, Map<String, String> headers)
        implements Admission {}
  }

  Admission admit(HttpServletRequest request, ApiPath path) {
    return Credentials.in(request, path)
        .map(credentials -> login(request, path, credentials))
        .orElseGet(() -> noLogin(request));
  }

  private Admission login(HttpServletRequest request, ApiPath path, Credentials credentials) {
    if (credentials instanceof Session && !CrossSite.mayUseCookie(request)) {
      return new Admission.Shut(
          HttpStatus.FORBIDDEN, "a session may be used by the console's own pages only", Map.of());
    }
    return login(request, credentials, account -> allowed(request, path, account));
  }

  /** The verdict on a request whose user and API key are in its body. */
  Admission admit(HttpServletRequest request, UserAndKey credentials) {
    return login(
        request, credentials, account -> new Admission.Open(caller(request, account, null)));
  }

  private Admission login(
      HttpServletRequest request, Credentials credentials, Function<Account, Admission> whenKnown) {
    var address = request.getRemoteAddr();
    var shut =
        switch (credentials) {
          case UserAndKey(var user, _) -> throttle.shutFor(address, user);
          case Token _, Session _ -> Duration.ZERO;
        };
    if (!shut.isZero() && !isKnown(address, credentials)) {
      return tooMany(shut);
    }
    return switch (accounts.verify(credentials)) {
      case Login.Known(var account) -> {
        if (credentials instanceof UserAndKey(var user, _)) {
          throttle.succeeded(address, user);
        }
        yield whenKnown.apply(account);
      }
      case Login.Unknown _ -> {
        if (credentials instanceof UserAndKey ofUser && accounts.mayBeKey(ofUser)) {
          throttle.failed(address, ofUser.user());
        }
        yield shut.isZero() ? noLogin(request) : tooMany(shut);
      }
      case Login.NotYet _ ->
          later(
              HttpStatus.SERVICE_UNAVAILABLE,
              "the accounts are still being read",
              Duration.ofSeconds(1));
    };
  }

  /** Somebody who has logged in from there is not locked out by guesses of others. */
  private boolean isKnown(String address, Credentials credentials) {
    return credentials instanceof UserAndKey(var user, _) && throttle.isKnown(address, user);
  }

  private static Admission tooMany(Duration shut) {
    return later(HttpStatus.TOO_MANY_REQUESTS, "too many logins have failed", shut);
  }

  /** Whether a request that is admitted would be admitted again, at each time that it is asked. */
  BooleanSupplier standingRights(HttpServletRequest request, ApiPath path) {
    var credentials = Credentials.in(request, path);
    var needed = NeededRole.of(request.getMethod(), path.canonical());
    var named = path.namespace() == null ? null : new Namespace(path.namespace());
    return () ->
        credentials.isPresent()
            && switch (accounts.verify(credentials.get())) {
              case Login.Known(var account) ->
                  account
                      .roleIn(named == null ? account.home() : named)
                      .filter(role -> role.includes(needed))
                      .isPresent();
              case Login.Unknown _ -> false;
              case Login.NotYet _ -> true;
            };
  }

  private static Admission allowed(HttpServletRequest request, ApiPath path, Account account) {
    var named = path.namespace() == null ? null : new Namespace(path.namespace());
    var namespace = named == null ? account.home() : named;
    var needed = NeededRole.of(request.getMethod(), path.canonical());
    var role = account.roleIn(namespace).orElse(null);
    if (role == null) {
      return new Admission.Shut(HttpStatus.NOT_FOUND, "there is nothing at this path", Map.of());
    }
    if (!role.includes(needed)) {
      return new Admission.Shut(
          HttpStatus.FORBIDDEN,
          "this needs the role %s in %s; you are %s there"
              .formatted(needed.text(), namespace, role.text()),
          Map.of());
    }
    if (needed != Role.READER && isTooLong(reason(request))) {
      return new Admission.Shut(
          HttpStatus.BAD_REQUEST,
          "%s must have at most %d characters".formatted(REASON, LONGEST_REASON),
          Map.of());
    }
    try {
      return new Admission.Open(caller(request, account, named));
    } catch (InvalidInput malformed) {
      return new Admission.Shut(
          HttpStatus.BAD_REQUEST, String.valueOf(malformed.getMessage()), Map.of());
    }
  }

  private static Admission noLogin(HttpServletRequest request) {
    return new Admission.Shut(
        HttpStatus.UNAUTHORIZED,
        "the user or the API key is wrong",
        CrossSite.isFromConsole(request)
            ? Map.of()
            : Map.of("WWW-Authenticate", "Basic realm=\"slipway\""));
  }

  private static Admission later(HttpStatus status, String why, Duration wait) {
    long seconds = wait.plusMillis(999).toSeconds();
    return new Admission.Shut(
        status,
        "%s; try again in %d s".formatted(why, seconds),
        Map.of("Retry-After", Long.toString(seconds)));
  }

  private static Caller caller(
      HttpServletRequest request, Account account, @Nullable Namespace named) {
    return new Caller(
        account,
        named,
        request.getRemoteAddr(),
        Objects.requireNonNullElse(request.getHeader("User-Agent"), ""),
        reason(request),
        IfMatch.version(request.getHeader(HttpHeaders.IF_MATCH)),
        request.getMethod(),
        QueryText.pathWithQuery(request));
  }

  private static @Nullable String reason(HttpServletRequest request) {
    var reason = request.getHeader(REASON);
    return reason != null && reason.startsWith(EXTENDED)
        ? Escapes.decoded(reason.substring(EXTENDED.length()))
        : reason;
  }

  private static boolean isTooLong(@Nullable String reason) {
    return reason != null && reason.length() > LONGEST_REASON;
  }
}
