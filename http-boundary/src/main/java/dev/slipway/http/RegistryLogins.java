package dev.slipway.http;

import dev.slipway.model.Namespace;
import dev.slipway.model.account.AccountEvent.RegistryLoginRemoved;
import dev.slipway.model.account.AccountEvent.RegistryLoginSet;
import dev.slipway.model.registry.RegistryScope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The logins of each namespace for repositories and registries, without their passwords. */
public final class RegistryLogins {

  private final Map<Namespace, Map<String, Shown>> logins = new ConcurrentHashMap<>();

  /**
   * A login as it may be shown.
   *
   * @param notChecked why the registry was not asked whether it accepts the login, null if it
   *     accepted it
   * @param changed when the password was set
   */
  public record Shown(
      RegistryScope scope, String username, @Nullable String notChecked, Instant changed) {}

  void set(RegistryLoginSet set, Instant at) {
    logins
        .computeIfAbsent(set.namespace(), _ -> new ConcurrentSkipListMap<>())
        .put(set.scope().text(), new Shown(set.scope(), set.username(), set.notChecked(), at));
  }

  void remove(RegistryLoginRemoved removed) {
    var known = logins.get(removed.namespace());
    if (known != null) {
      known.remove(removed.scope().text());
    }
  }

  void removeAllOf(Namespace namespace) {
    logins.remove(namespace);
  }

  void forget() {
    logins.clear();
  }

  /** All logins of a namespace, in the order of their names. */
  public List<Shown> of(Namespace namespace) {
    return List.copyOf(logins.getOrDefault(namespace, Map.of()).values());
  }

  public Optional<Shown> find(Namespace namespace, RegistryScope scope) {
    return Optional.ofNullable(logins.getOrDefault(namespace, Map.of()).get(scope.text()));
  }
}
