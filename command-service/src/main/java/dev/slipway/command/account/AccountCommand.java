package dev.slipway.command.account;

import dev.slipway.model.Namespace;
import dev.slipway.model.account.AccountEvent.RegistryLoginSet;
import dev.slipway.model.account.ApiKeyId;
import dev.slipway.model.account.KeyHash;
import dev.slipway.model.account.Role;
import dev.slipway.model.policy.Policy;
import dev.slipway.model.registry.RegistryScope;
import dev.slipway.model.service.ServiceCommand.Asked;
import java.time.Instant;
import java.util.Map;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What may be asked of a user or an organisation; both are found by their names. */
sealed interface AccountCommand {

  Namespace account();

  Asked asked();

  record CreateUser(@TargetAggregateIdentifier Namespace account, Asked asked)
      implements AccountCommand {}

  record DeleteUser(@TargetAggregateIdentifier Namespace account, Asked asked)
      implements AccountCommand {}

  record CreateOrganisation(@TargetAggregateIdentifier Namespace account, Asked asked)
      implements AccountCommand {}

  record AddMember(
      @TargetAggregateIdentifier Namespace account, Asked asked, String user, Role role)
      implements AccountCommand {}

  record RemoveMember(@TargetAggregateIdentifier Namespace account, Asked asked, String user)
      implements AccountCommand {}

  /**
   * @param key what is kept of it
   * @param most keys that the user may have
   * @param mayBeNew whether the user is that of the settings, who is there before any event is
   */
  record CreateApiKey(
      @TargetAggregateIdentifier Namespace account,
      Asked asked,
      NewKey key,
      long most,
      boolean mayBeNew)
      implements AccountCommand {}

  /**
   * @param mayBeNew whether the user is that of the settings, who is there before any event is
   */
  record OpenSession(
      @TargetAggregateIdentifier Namespace account,
      Asked asked,
      NewSession session,
      boolean mayBeNew)
      implements AccountCommand {}

  /** Without an action: the browser sends it by itself while somebody uses the console. */
  record ExtendSession(
      @TargetAggregateIdentifier Namespace account, ApiKeyId session, Instant expires) {}

  record CloseSession(@TargetAggregateIdentifier Namespace account, Asked asked, ApiKeyId session)
      implements AccountCommand {}

  /**
   * @param apiKey that the user logged in with, null for that of the settings
   */
  record NewSession(
      ApiKeyId id,
      KeyHash hash,
      @Nullable ApiKeyId apiKey,
      @Nullable Role limit,
      Instant expires) {}

  record RevokeApiKey(@TargetAggregateIdentifier Namespace account, Asked asked, ApiKeyId key)
      implements AccountCommand {}

  /**
   * @param newUser who is made with it, null for nobody
   * @param mayBeNew whether the namespace is that of the settings, which is there before any event
   *     is
   */
  record ChangePolicy(
      @TargetAggregateIdentifier Namespace account,
      Asked asked,
      Policy policy,
      @Nullable String newUser,
      boolean mayBeNew)
      implements AccountCommand {}

  /**
   * @param limits by the names of quotas in the API, all that the namespace has of its own
   * @param newUser who is made with it, null for nobody
   * @param mayBeNew whether the namespace is that of the settings
   */
  record ChangeQuotas(
      @TargetAggregateIdentifier Namespace account,
      Asked asked,
      Map<String, Long> limits,
      @Nullable String newUser,
      boolean mayBeNew)
      implements AccountCommand {}

  /**
   * @param newUser who is made with it, null for nobody
   * @param mayBeNew whether the namespace is that of the settings
   */
  record CreateNodeToken(
      @TargetAggregateIdentifier Namespace account,
      Asked asked,
      KeyHash hash,
      Instant expires,
      @Nullable String newUser,
      boolean mayBeNew)
      implements AccountCommand {}

  /**
   * @param most logins that the namespace may have
   * @param mustExist whether only a login that is there may be changed
   * @param newUser who is made with it, null for nobody
   * @param mayBeNew whether the namespace is that of the settings
   */
  record SetRegistryLogin(
      @TargetAggregateIdentifier Namespace account,
      Asked asked,
      RegistryLoginSet login,
      int most,
      boolean mustExist,
      @Nullable String newUser,
      boolean mayBeNew)
      implements AccountCommand {}

  record RemoveRegistryLogin(
      @TargetAggregateIdentifier Namespace account, Asked asked, RegistryScope scope)
      implements AccountCommand {}

  /** A key that was drawn, without the key itself. */
  record NewKey(ApiKeyId id, String label, KeyHash hash, @Nullable Role limit) {}
}
