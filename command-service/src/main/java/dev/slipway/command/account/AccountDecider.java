package dev.slipway.command.account;

import dev.slipway.command.account.AccountCommand.AddMember;
import dev.slipway.command.account.AccountCommand.ChangePolicy;
import dev.slipway.command.account.AccountCommand.ChangeQuotas;
import dev.slipway.command.account.AccountCommand.CloseSession;
import dev.slipway.command.account.AccountCommand.CreateApiKey;
import dev.slipway.command.account.AccountCommand.CreateNodeToken;
import dev.slipway.command.account.AccountCommand.CreateOrganisation;
import dev.slipway.command.account.AccountCommand.CreateUser;
import dev.slipway.command.account.AccountCommand.DeleteUser;
import dev.slipway.command.account.AccountCommand.OpenSession;
import dev.slipway.command.account.AccountCommand.RemoveMember;
import dev.slipway.command.account.AccountCommand.RemoveRegistryLogin;
import dev.slipway.command.account.AccountCommand.RevokeApiKey;
import dev.slipway.command.account.AccountCommand.SetRegistryLogin;
import dev.slipway.command.account.AccountRejected.Reason;
import dev.slipway.command.account.AccountState.Kind;
import dev.slipway.http.QuotaExceeded;
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
import dev.slipway.model.account.AccountEvent.UserCreated;
import dev.slipway.model.account.AccountEvent.UserDeleted;
import dev.slipway.model.quota.Quota;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what follows from a wish about a user or an organisation. A name is given out once:
 * whoever had it may have left services behind.
 */
final class AccountDecider {

  private AccountDecider() {}

  /**
   * @throws AccountRejected if the wish cannot be met in this state
   */
  static List<AccountEvent> decide(AccountCommand command, @Nullable AccountState account) {
    return switch (command) {
      case CreateUser(var name, _) when account == null -> List.of(new UserCreated(name.value()));
      case CreateOrganisation(var name, _) when account == null ->
          List.of(new OrganisationCreated(name));
      case CreateUser _, CreateOrganisation _ ->
          throw new AccountRejected(
              Reason.INVALID_STATE, "the name %s is taken".formatted(command.account()));
      case DeleteUser delete -> deleted(delete, account);
      case AddMember add -> added(add, account);
      case RemoveMember remove -> removed(remove, account);
      case CreateApiKey create -> keyCreated(create, account);
      case RevokeApiKey revoke -> keyRevoked(revoke, account);
      case OpenSession open -> SessionDecider.opened(open, account);
      case CloseSession close -> SessionDecider.closed(close, account);
      case ChangePolicy(var namespace, _, var policy, var newUser, var mayBeNew) ->
          ofNamespace(new PolicyChanged(namespace, policy), newUser, mayBeNew, account);
      case ChangeQuotas(var namespace, _, var limits, var newUser, var mayBeNew) ->
          ofNamespace(new QuotasChanged(namespace, limits), newUser, mayBeNew, account);
      case SetRegistryLogin set -> RegistryDecider.set(set, account);
      case RemoveRegistryLogin remove -> RegistryDecider.removed(remove, account);
      case CreateNodeToken(var namespace, _, var hash, var expires, var newUser, var mayBeNew) ->
          ofNamespace(new NodeTokenCreated(namespace, hash, expires), newUser, mayBeNew, account);
    };
  }

  private static List<AccountEvent> deleted(DeleteUser delete, @Nullable AccountState account) {
    require(delete, Kind.USER, account);
    return List.of(new UserDeleted(delete.account().value()));
  }

  private static List<AccountEvent> added(AddMember add, @Nullable AccountState account) {
    require(add, Kind.ORGANISATION, account);
    return List.of(new MemberAdded(add.account(), add.user(), add.role()));
  }

  private static List<AccountEvent> removed(RemoveMember remove, @Nullable AccountState account) {
    var organisation = require(remove, Kind.ORGANISATION, account);
    if (!organisation.members().contains(remove.user())) {
      throw notFound("member %s of %s".formatted(remove.user(), remove.account()));
    }
    return List.of(new MemberRemoved(remove.account(), remove.user()));
  }

  private static List<AccountEvent> keyCreated(
      CreateApiKey create, @Nullable AccountState account) {
    var user = create.account().value();
    var key = create.key();
    var created = new ApiKeyCreated(key.id(), user, key.label(), key.hash(), key.limit());
    if (account == null && create.mayBeNew()) {
      return List.of(new UserCreated(user), created);
    }
    int keys = require(create, Kind.USER, account).keys().size();
    if (keys >= create.most()) {
      throw new QuotaExceeded(create.account(), Quota.API_KEYS, keys, create.most());
    }
    return List.of(created);
  }

  private static List<AccountEvent> keyRevoked(
      RevokeApiKey revoke, @Nullable AccountState account) {
    if (!require(revoke, Kind.USER, account).keys().contains(revoke.key())) {
      throw notFound("API key " + revoke.key());
    }
    return List.of(new ApiKeyRevoked(revoke.key(), revoke.account().value()));
  }

  /** What is of a namespace, with the user of the settings if there is no event of it yet. */
  static List<AccountEvent> ofNamespace(
      AccountEvent event,
      @Nullable String newUser,
      boolean mayBeNew,
      @Nullable AccountState account) {
    if (account == null && !mayBeNew) {
      throw notFound("namespace " + event.subject());
    }
    return account == null && newUser != null
        ? List.of(new UserCreated(newUser), event)
        : List.of(event);
  }

  private static AccountState require(
      AccountCommand command, Kind kind, @Nullable AccountState account) {
    return require(command.account(), kind, account);
  }

  static AccountState require(Namespace name, Kind kind, @Nullable AccountState account) {
    if (account == null || account.kind() != kind) {
      throw notFound((kind == Kind.ORGANISATION ? "organisation " : "user ") + name);
    }
    return account;
  }

  static AccountRejected notFound(String what) {
    return new AccountRejected(Reason.NOT_FOUND, what + " does not exist");
  }
}
