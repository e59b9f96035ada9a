package dev.slipway.command.account;

import dev.slipway.model.account.AccountEvent;
import dev.slipway.model.account.AccountEvent.ApiKeyCreated;
import dev.slipway.model.account.AccountEvent.ApiKeyRevoked;
import dev.slipway.model.account.AccountEvent.MemberAdded;
import dev.slipway.model.account.AccountEvent.MemberRemoved;
import dev.slipway.model.account.AccountEvent.NodeTokenCreated;
import dev.slipway.model.account.AccountEvent.OrganisationCreated;
import dev.slipway.model.account.AccountEvent.PolicyChanged;
import dev.slipway.model.account.AccountEvent.QuotasChanged;
import dev.slipway.model.account.AccountEvent.RegistryLoginRemoved;
import dev.slipway.model.account.AccountEvent.RegistryLoginSet;
import dev.slipway.model.account.AccountEvent.SessionClosed;
import dev.slipway.model.account.AccountEvent.SessionExtended;
import dev.slipway.model.account.AccountEvent.SessionOpened;
import dev.slipway.model.account.AccountEvent.TokenGranted;
import dev.slipway.model.account.AccountEvent.TokenRevoked;
import dev.slipway.model.account.AccountEvent.UserCreated;
import dev.slipway.model.account.AccountEvent.UserDeleted;
import dev.slipway.model.account.ApiKeyId;
import dev.slipway.model.registry.RegistryScope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the decider needs to remember of a user or an organisation.
 *
 * @param keys of a user that are not revoked
 * @param members of an organisation
 * @param sessions of a user, the oldest first; expired ones too, until others push them out
 * @param logins for repositories and registries, by what they are for; null in snapshots of older
 *     programs
 */
record AccountState(
    Kind kind,
    Set<ApiKeyId> keys,
    Set<String> members,
    @Nullable List<Session> sessions,
    @Nullable Set<RegistryScope> logins) {

  /**
   * A login at the console.
   *
   * @param apiKey that the user logged in with, null for that of the settings
   */
  record Session(ApiKeyId id, @Nullable ApiKeyId apiKey) {}

  /** What a name was given to. */
  enum Kind {
    USER,
    DELETED_USER,
    ORGANISATION,
    /** No name, but a uuid: a container's token is in the same log. */
    CONTAINER
  }

  AccountState {
    keys = Set.copyOf(keys);
    members = Set.copyOf(members);
    sessions = sessions == null ? List.of() : List.copyOf(sessions); // snapshots of older programs
    logins = logins == null ? Set.of() : Set.copyOf(logins);
  }

  Set<RegistryScope> registryLogins() {
    return logins == null ? Set.of() : logins;
  }

  private AccountState withLogins(Set<RegistryScope> changed) {
    return new AccountState(kind, keys, members, sessions, changed);
  }

  List<Session> openSessions() {
    return sessions == null ? List.of() : sessions;
  }

  private AccountState withSessions(List<Session> changed) {
    return new AccountState(kind, keys, members, changed, logins);
  }

  private AccountState withMembers(Set<String> changed) {
    return new AccountState(kind, keys, changed, sessions, logins);
  }

  private AccountState withKeys(Set<ApiKeyId> changed) {
    return new AccountState(kind, changed, members, sessions, logins);
  }

  private AccountState without(Predicate<Session> ended) {
    return withSessions(openSessions().stream().filter(ended.negate()).toList());
  }

  static AccountState evolve(@Nullable AccountState account, AccountEvent event) {
    var before = account == null ? of(Kind.USER) : account;
    return switch (event) {
      case UserCreated _ -> of(Kind.USER);
      case UserDeleted _ -> of(Kind.DELETED_USER);
      case OrganisationCreated _ -> of(Kind.ORGANISATION);
      case MemberAdded(_, var user, _) -> before.withMembers(with(before.members, user));
      case MemberRemoved(_, var user) -> before.withMembers(without(before.members, user));
      case ApiKeyCreated(var key, _, _, _, _) -> before.withKeys(with(before.keys, key));
      case ApiKeyRevoked(var key, _) ->
          before
              .withKeys(without(before.keys, key))
              .without(session -> key.equals(session.apiKey()));
      case SessionOpened(var session, _, _, var apiKey, _, _) ->
          before.withSessions(added(before.openSessions(), new Session(session, apiKey)));
      case SessionClosed(var session, _) -> before.without(one -> one.id().equals(session));
      case RegistryLoginSet set -> before.withLogins(with(before.registryLogins(), set.scope()));
      case RegistryLoginRemoved(_, var scope) ->
          before.withLogins(without(before.registryLogins(), scope));
      case PolicyChanged _, QuotasChanged _, NodeTokenCreated _, SessionExtended _ -> before;
      case TokenGranted _, TokenRevoked _ -> of(Kind.CONTAINER);
    };
  }

  private static List<Session> added(List<Session> sessions, Session session) {
    var more = new ArrayList<>(sessions);
    more.add(session);
    return more;
  }

  private static AccountState of(Kind kind) {
    return new AccountState(kind, Set.of(), Set.of(), List.of(), Set.of());
  }

  private static <T> Set<T> with(Set<T> all, T one) {
    var more = new HashSet<>(all);
    more.add(one);
    return more;
  }

  private static <T> Set<T> without(Set<T> all, T one) {
    var fewer = new HashSet<>(all);
    fewer.remove(one);
    return fewer;
  }
}
