package dev.slipway.http;

import dev.slipway.http.Credentials.UserAndKey;
import dev.slipway.http.Gate.Admission;
import dev.slipway.model.Secret;
import dev.slipway.model.account.AccessKey;
import dev.slipway.model.account.ApiKeyId;
import dev.slipway.model.account.KeyHash;
import dev.slipway.model.account.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Logs users in at the console, and finds the session of a request. */
public final class SessionLogin {

  private final Gate gate;
  private final Accounts accounts;

  SessionLogin(Gate gate, Accounts accounts) {
    this.gate = gate;
    this.accounts = accounts;
  }

  /** The result of a login. */
  public sealed interface Result {

    /**
     * The user and the API key belong together.
     *
     * @param key of the new session, for the browser alone
     * @param hash of it, for the log
     * @param apiKey that was used, null for that of the settings
     * @param limit the role that the session has at most, null if all the user's
     */
    record Accepted(
        Caller caller, Secret key, KeyHash hash, @Nullable ApiKeyId apiKey, @Nullable Role limit)
        implements Result {}

    /** They do not, or it cannot be known now. */
    record Refused(HttpStatus status, String message, Map<String, String> headers)
        implements Result {}
  }

  /** Counts failures as every login does. */
  public Result logIn(HttpServletRequest request, String user, Secret apiKey) {
    var credentials = new UserAndKey(user, apiKey);
    return switch (gate.admit(request, credentials)) {
      case Admission.Shut(var status, var message, var headers) ->
          new Result.Refused(status, message, headers);
      case Admission.Open(var caller) -> accepted(caller, credentials);
    };
  }

  private Result accepted(Caller caller, UserAndKey credentials) {
    var key = AccessKey.draw();
    var used = accounts.apiKey(credentials).orElse(null);
    return new Result.Accepted(
        caller,
        key,
        accounts.sessionHash(key, used == null),
        used == null ? null : used.id(),
        used == null ? null : used.limit());
  }

  /**
   * A session that is open.
   *
   * @param expires unless it is extended
   */
  public record Open(ApiKeyId id, Instant expires) {}

  /** The session by whose cookie a request is authenticated, empty if it is by a key. */
  public Optional<Open> of(HttpServletRequest request) {
    return Credentials.in(request, ApiPath.of(request.getRequestURI()))
        .filter(Credentials.Session.class::isInstance)
        .flatMap(session -> accounts.session(session.key()))
        .map(session -> new Open(session.id(), session.expires()));
  }
}
