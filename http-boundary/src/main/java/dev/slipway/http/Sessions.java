package dev.slipway.http;

import dev.slipway.model.account.AccountEvent.SessionOpened;
import dev.slipway.model.account.ApiKeyId;
import dev.slipway.model.account.KeyHash;
import dev.slipway.model.account.Role;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The open sessions of all users, by the hashes of their keys. */
final class Sessions {

  private final Map<KeyHash, Session> sessions = new ConcurrentHashMap<>();

  /**
   * A login at the console.
   *
   * @param apiKey that the user logged in with, null for that of the settings
   * @param limit the role that the session has at most, null if all the user's
   */
  record Session(
      ApiKeyId id, String user, @Nullable ApiKeyId apiKey, @Nullable Role limit, Instant expires) {}

  void open(SessionOpened opened) {
    sessions.put(
        opened.hash(),
        new Session(
            opened.sessionId(), opened.user(), opened.apiKey(), opened.limit(), opened.expires()));
  }

  void extend(ApiKeyId id, Instant expires) {
    sessions.replaceAll(
        (_, session) ->
            session.id().equals(id)
                ? new Session(id, session.user(), session.apiKey(), session.limit(), expires)
                : session);
  }

  void close(ApiKeyId id) {
    sessions.values().removeIf(session -> session.id().equals(id));
  }

  /** Closes all sessions that were opened with an API key. */
  void closeAllOf(ApiKeyId apiKey) {
    sessions.values().removeIf(session -> apiKey.equals(session.apiKey()));
  }

  void closeAllOf(String user) {
    sessions.values().removeIf(session -> session.user().equals(user));
  }

  void forget() {
    sessions.clear();
  }

  /** The session of a key, empty if there is none or it has expired. */
  Optional<Session> find(KeyHash hash, Instant now) {
    return Optional.ofNullable(sessions.get(hash))
        .filter(session -> session.expires().isAfter(now));
  }
}
