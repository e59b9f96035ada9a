package dev.slipway.model.account;

import dev.slipway.model.Namespace;
import dev.slipway.model.SealedSecret;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.policy.Policy;
import dev.slipway.model.registry.RegistryScope;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * What has happened to who may do what. Stored for ever: add fields, never change the meaning of
 * one.
 */
public sealed interface AccountEvent {

  /** The name of the user or organisation, or the uuid of the container, that it happened to. */
  String subject();

  /** Somebody may log in, and has the namespace of the same name. */
  @Revision("1")
  record UserCreated(String user) implements AccountEvent {
    @Override
    public String subject() {
      return user;
    }
  }

  /** The user, its keys and its memberships are no more; its name is not given out again. */
  @Revision("1")
  record UserDeleted(String user) implements AccountEvent {
    @Override
    public String subject() {
      return user;
    }
  }

  /** There is a namespace that users share. */
  @Revision("1")
  record OrganisationCreated(Namespace namespace) implements AccountEvent {
    @Override
    public String subject() {
      return namespace.value();
    }
  }

  /** A user has this role in the organisation from now on, a member before or not. */
  @Revision("1")
  record MemberAdded(Namespace namespace, String user, Role role) implements AccountEvent {
    @Override
    public String subject() {
      return namespace.value();
    }
  }

  @Revision("1")
  record MemberRemoved(Namespace namespace, String user) implements AccountEvent {
    @Override
    public String subject() {
      return namespace.value();
    }
  }

  /**
   * A user has a key, which was shown once and is not kept.
   *
   * @param label the user's words for what it is for
   * @param limit the role that its holder has at most, null if all the user's
   */
  @Revision("1")
  record ApiKeyCreated(
      ApiKeyId keyId, String user, String label, KeyHash hash, @Nullable Role limit)
      implements AccountEvent {
    @Override
    public String subject() {
      return user;
    }
  }

  @Revision("1")
  record ApiKeyRevoked(ApiKeyId keyId, String user) implements AccountEvent {
    @Override
    public String subject() {
      return user;
    }
  }

  /**
   * A user has logged in at the console. The session's key is in the browser's cookie only.
   *
   * @param hash of the session's key
   * @param apiKey that the user logged in with, null for that of the settings; revoking it ends the
   *     session
   * @param limit the role that the session has at most, null if all the user's
   */
  @Revision("1")
  record SessionOpened(
      ApiKeyId sessionId,
      String user,
      KeyHash hash,
      @Nullable ApiKeyId apiKey,
      @Nullable Role limit,
      Instant expires)
      implements AccountEvent {
    @Override
    public String subject() {
      return user;
    }
  }

  /** The session expires later than it would have. */
  @Revision("1")
  record SessionExtended(ApiKeyId sessionId, String user, Instant expires) implements AccountEvent {
    @Override
    public String subject() {
      return user;
    }
  }

  /** The user has logged out, or has opened too many sessions since. */
  @Revision("1")
  record SessionClosed(ApiKeyId sessionId, String user) implements AccountEvent {
    @Override
    public String subject() {
      return user;
    }
  }

  /** What services of the namespace may ask of their hosts, as a whole, from now on. */
  @Revision("1")
  record PolicyChanged(Namespace namespace, Policy policy) implements AccountEvent {
    @Override
    public String subject() {
      return namespace.value();
    }
  }

  /**
   * The namespace has these quotas of its own from now on, and no others.
   *
   * @param limits by the names of quotas in the API
   */
  @Revision("1")
  record QuotasChanged(Namespace namespace, Map<String, Long> limits) implements AccountEvent {
    public QuotasChanged {
      limits = Collections.unmodifiableMap(new TreeMap<>(limits));
    }

    @Override
    public String subject() {
      return namespace.value();
    }
  }

  /**
   * The namespace has this login for a repository or a registry from now on, in place of any other
   * that it had for the same.
   *
   * @param notChecked why the registry was not asked whether it accepts the login, null if it
   *     accepted it
   */
  @Revision("1")
  record RegistryLoginSet(
      Namespace namespace,
      RegistryScope scope,
      String username,
      SealedSecret password,
      @Nullable String notChecked)
      implements AccountEvent {
    @Override
    public String subject() {
      return namespace.value();
    }
  }

  /** Images of the repository or registry are pulled without this login from now on. */
  @Revision("1")
  record RegistryLoginRemoved(Namespace namespace, RegistryScope scope) implements AccountEvent {
    @Override
    public String subject() {
      return namespace.value();
    }
  }

  /** Whoever has the token may bring nodes into the namespace until it expires. */
  @Revision("1")
  record NodeTokenCreated(Namespace namespace, KeyHash hash, Instant expires)
      implements AccountEvent {
    @Override
    public String subject() {
      return namespace.value();
    }
  }

  /** A container may call the API for its namespace, by a token that only it was given. */
  @Revision("1")
  record TokenGranted(ContainerId container, Namespace namespace, KeyHash hash)
      implements AccountEvent {
    @Override
    public String subject() {
      return container.value();
    }
  }

  @Revision("1")
  record TokenRevoked(ContainerId container) implements AccountEvent {
    @Override
    public String subject() {
      return container.value();
    }
  }
}
