package dev.slipway.http;

import dev.slipway.http.Credentials.Token;
import dev.slipway.http.Credentials.UserAndKey;
import dev.slipway.http.Sessions.Session;
import dev.slipway.model.Namespace;
import dev.slipway.model.Secret;
import dev.slipway.model.account.AccessKey;
import dev.slipway.model.account.KeyHash;
import dev.slipway.model.account.Role;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells whose credentials are. */
final class Accounts {

  private final ConfiguredAccount configured;
  private final Directory directory;
  private final DirectoryProgress progress;
  private final InstantSource clock;

  Accounts(
      ConfiguredAccount configured,
      Directory directory,
      DirectoryProgress progress,
      InstantSource clock) {
    this.configured = configured;
    this.directory = directory;
    this.progress = progress;
    this.clock = clock;
  }

  /** The result of a login. */
  sealed interface Login {

    /** They are of this account. */
    record Known(Account account) implements Login {}

    /** They are of nobody. */
    record Unknown() implements Login {}

    /** Whose they are will be known once the log of accounts is read. */
    record NotYet() implements Login {}
  }

  /** Whether a wrong key is a guess: it has the form of one, or the settings' key may have any. */
  boolean mayBeKey(UserAndKey credentials) {
    return AccessKey.hasForm(credentials.key()) || credentials.user().equals(configured.user());
  }

  Login verify(Credentials credentials) {
    if (credentials instanceof UserAndKey ofUser && configured.isOf(ofUser)) {
      return new Login.Known(account(configured.user(), null));
    }
    if (!AccessKey.hasForm(credentials.key())) {
      return new Login.Unknown();
    }
    if (!progress.isCaughtUp()) {
      return new Login.NotYet();
    }
    var hash = KeyHash.of(credentials.key());
    return isParked(credentials, hash) ? new Login.NotYet() : verify(credentials, hash);
  }

  private Login verify(Credentials credentials, KeyHash hash) {
    return switch (credentials) {
      case UserAndKey(var user, _) ->
          directory
              .key(hash)
              .filter(key -> key.user().equals(user) && directory.isUser(user))
              .<Login>map(key -> new Login.Known(account(user, key.limit())))
              .orElseGet(Login.Unknown::new);
      case Token _ ->
          directory
              .token(hash)
              .<Login>map(token -> new Login.Known(account(token)))
              .orElseGet(Login.Unknown::new);
      case Credentials.Session(var key) ->
          session(key)
              .<Login>map(found -> new Login.Known(account(found.user(), found.limit())))
              .orElseGet(Login.Unknown::new);
    };
  }

  /** The open session of a key. */
  Optional<Session> session(Secret key) {
    var sessions = directory.sessions();
    var now = clock.instant();
    return sessions
        .find(KeyHash.of(configured.seal(key)), now)
        .filter(found -> found.apiKey() == null && found.user().equals(configured.user()))
        .or(
            () ->
                sessions
                    .find(KeyHash.of(key), now)
                    .filter(found -> found.apiKey() != null && directory.isUser(found.user())));
  }

  /** The API key of the log that somebody has logged in with, empty for that of the settings. */
  Optional<Directory.ApiKey> apiKey(UserAndKey credentials) {
    return configured.isOf(credentials)
        ? Optional.empty()
        : directory.key(KeyHash.of(credentials.key()));
  }

  /**
   * What the log keeps of a new session's key. That of the account of the settings depends on its
   * API key, so that another key in the settings ends its sessions.
   */
  KeyHash sessionHash(Secret key, boolean ofTheSettings) {
    return KeyHash.of(ofTheSettings ? configured.seal(key) : key);
  }

  /** An event that cannot be read may have taken the key away. */
  private boolean isParked(Credentials credentials, KeyHash hash) {
    return switch (credentials) {
      case UserAndKey(var user, _) -> progress.isParked(user);
      case Token _ ->
          directory
              .token(hash)
              .filter(token -> progress.isParked(token.container().value()))
              .isPresent();
      case Credentials.Session(var key) ->
          session(key)
              .filter(found -> found.apiKey() != null && progress.isParked(found.user()))
              .isPresent();
    };
  }

  private Account account(String user, @Nullable Role limit) {
    boolean ofTheSettings = user.equals(configured.user());
    var home = ofTheSettings ? configured.namespace() : new Namespace(user);
    var highest = limit == null ? Role.ADMIN : limit;
    var roles = new HashMap<Namespace, Role>();
    directory
        .memberships(user)
        .forEach(
            (namespace, role) -> {
              if (!progress.isParked(namespace.value())) {
                roles.put(namespace, role.atMost(highest));
              }
            });
    roles.put(home, highest);
    return new Account(user, home, roles, ofTheSettings && highest == Role.ADMIN);
  }

  private static Account account(Directory.Token token) {
    return new Account(
        "container " + token.container(),
        token.namespace(),
        Map.of(token.namespace(), Role.OPERATOR),
        false);
  }
}
