package dev.slipway.http;

import dev.slipway.model.Namespace;
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
import dev.slipway.model.account.KeyHash;
import dev.slipway.model.account.Role;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.policy.Policy;
import dev.slipway.model.quota.Quota;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who there is: the fold of all account events. One thread applies them, in the order of the log;
 * any may look.
 */
public final class Directory {

  private final Map<String, Instant> users = new ConcurrentHashMap<>();
  private final Map<Namespace, Instant> organisations = new ConcurrentHashMap<>();
  private final Map<String, Map<Namespace, Role>> memberships = new ConcurrentHashMap<>();
  private final Map<Namespace, Policy> policies = new ConcurrentHashMap<>();
  private final Map<Namespace, Map<Quota, Long>> quotas = new ConcurrentHashMap<>();
  private final RegistryLogins registryLogins = new RegistryLogins();
  private final Map<KeyHash, NodeToken> nodeTokens = new ConcurrentHashMap<>();
  private final Map<KeyHash, ApiKey> keys = new ConcurrentHashMap<>();
  private final Sessions sessions = new Sessions();
  private final Map<KeyHash, Token> tokens = new ConcurrentHashMap<>();
  private final Map<ContainerId, KeyHash> tokensOfContainers = new ConcurrentHashMap<>();

  /**
   * A key that lets somebody in.
   *
   * @param limit the role that its holder has at most, null if all the user's
   */
  public record ApiKey(
      ApiKeyId id,
      String user,
      String label,
      KeyHash hash,
      @Nullable Role limit,
      Instant created) {}

  /** What lets nodes into a namespace. */
  private record NodeToken(Namespace namespace, Instant expires) {}

  /** What lets a container in. */
  record Token(ContainerId container, Namespace namespace) {}

  /** A user or an organisation, and since when there is one. */
  public record Named(String name, Instant created) {}

  /** Forgets everything: another log follows. */
  void forget() {
    users.clear();
    organisations.clear();
    memberships.clear();
    policies.clear();
    registryLogins.forget();
    nodeTokens.clear();
    keys.clear();
    sessions.forget();
    tokens.clear();
    tokensOfContainers.clear();
  }

  void apply(AccountEvent event, Instant at) {
    switch (event) {
      case UserCreated(var user) -> users.put(user, at);
      case UserDeleted(var user) -> delete(user);
      case OrganisationCreated(var namespace) -> organisations.put(namespace, at);
      case MemberAdded(var namespace, var user, var role) -> member(user, namespace, role);
      case MemberRemoved(var namespace, var user) -> member(user, namespace, null);
      case ApiKeyCreated(var id, var user, var label, var hash, var limit) ->
          keys.put(hash, new ApiKey(id, user, label, hash, limit, at));
      case ApiKeyRevoked(var id, _) -> {
        keys.values().removeIf(key -> key.id().equals(id));
        sessions.closeAllOf(id);
      }
      case SessionOpened opened -> sessions.open(opened);
      case SessionExtended(var id, _, var expires) -> sessions.extend(id, expires);
      case SessionClosed(var id, _) -> sessions.close(id);
      case NodeTokenCreated(var namespace, var hash, var expires) ->
          nodeTokens.put(hash, new NodeToken(namespace, expires));
      case PolicyChanged(var namespace, var policy) -> policies.put(namespace, policy);
      case QuotasChanged(var namespace, var limits) -> quotas.put(namespace, known(limits));
      case RegistryLoginSet set -> registryLogins.set(set, at);
      case RegistryLoginRemoved removed -> registryLogins.remove(removed);
      case TokenGranted(var container, var namespace, var hash) -> {
        revokeToken(container);
        tokens.put(hash, new Token(container, namespace));
        tokensOfContainers.put(container, hash);
      }
      case TokenRevoked(var container) -> revokeToken(container);
    }
  }

  /** A newer program may have set quotas that this one does not have. */
  private static Map<Quota, Long> known(Map<String, Long> limits) {
    var known = new EnumMap<Quota, Long>(Quota.class);
    limits.forEach(
        (name, limit) -> {
          var quota = Quota.named(name);
          if (quota != null) {
            known.put(quota, limit);
          }
        });
    return Collections.unmodifiableMap(known);
  }

  private void delete(String user) {
    users.remove(user);
    memberships.remove(user);
    registryLogins.removeAllOf(new Namespace(user));
    keys.values().removeIf(key -> key.user().equals(user));
    sessions.closeAllOf(user);
  }

  private void member(String user, Namespace namespace, @Nullable Role role) {
    var roles = new HashMap<>(memberships.getOrDefault(user, Map.of()));
    if (role == null) {
      roles.remove(namespace);
    } else {
      roles.put(namespace, role);
    }
    memberships.put(user, Map.copyOf(roles));
  }

  private void revokeToken(ContainerId container) {
    var hash = tokensOfContainers.remove(container);
    if (hash != null) {
      tokens.remove(hash);
    }
  }

  Optional<ApiKey> key(KeyHash hash) {
    return Optional.ofNullable(keys.get(hash));
  }

  Sessions sessions() {
    return sessions;
  }

  public RegistryLogins registryLogins() {
    return registryLogins;
  }

  Optional<Token> token(KeyHash hash) {
    return Optional.ofNullable(tokens.get(hash));
  }

  /** The namespace that a token lets nodes into at this moment. */
  public Optional<Namespace> namespaceOfNodes(KeyHash token, Instant now) {
    return Optional.ofNullable(nodeTokens.get(token))
        .filter(known -> known.expires().isAfter(now))
        .map(NodeToken::namespace);
  }

  /** The policy that somebody has set for the namespace. */
  Optional<Policy> policy(Namespace namespace) {
    return Optional.ofNullable(policies.get(namespace));
  }

  /** The quotas that an administrator has set for the namespace. */
  Map<Quota, Long> quotas(Namespace namespace) {
    return quotas.getOrDefault(namespace, Map.of());
  }

  /** Roles in organisations; that in the user's own namespace is not among them. */
  Map<Namespace, Role> memberships(String user) {
    return memberships.getOrDefault(user, Map.of());
  }

  /** The keys of a user, the oldest first. */
  public List<ApiKey> keysOf(String user) {
    return keys.values().stream()
        .filter(key -> key.user().equals(user))
        .sorted(Comparator.comparing(ApiKey::created).thenComparing(ApiKey::id))
        .toList();
  }

  public List<Named> users() {
    return sorted(users.entrySet().stream().map(one -> new Named(one.getKey(), one.getValue())));
  }

  public List<Named> organisations() {
    return sorted(
        organisations.entrySet().stream()
            .map(one -> new Named(one.getKey().value(), one.getValue())));
  }

  private static List<Named> sorted(Stream<Named> named) {
    return named.sorted(Comparator.comparing(Named::name)).toList();
  }

  public boolean isUser(String name) {
    return users.containsKey(name);
  }

  public boolean isOrganisation(Namespace namespace) {
    return organisations.containsKey(namespace);
  }

  /** The members of an organisation with their roles. */
  public Map<String, Role> members(Namespace namespace) {
    var members = new java.util.TreeMap<String, Role>();
    memberships.forEach(
        (user, roles) -> {
          var role = roles.get(namespace);
          if (role != null) {
            members.put(user, role);
          }
        });
    return members;
  }
}
