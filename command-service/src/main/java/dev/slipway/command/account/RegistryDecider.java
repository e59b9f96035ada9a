package dev.slipway.command.account;

import dev.slipway.command.account.AccountCommand.RemoveRegistryLogin;
import dev.slipway.command.account.AccountCommand.SetRegistryLogin;
import dev.slipway.command.account.AccountRejected.Reason;
import dev.slipway.model.account.AccountEvent;
import dev.slipway.model.account.AccountEvent.RegistryLoginRemoved;
import dev.slipway.model.registry.RegistryScope;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides on the logins that a namespace has for repositories and registries. */
final class RegistryDecider {

  private RegistryDecider() {}

  /**
   * @throws AccountRejected if the login does not exist and must, or is one too many
   */
  static List<AccountEvent> set(SetRegistryLogin set, @Nullable AccountState account) {
    check(set, account);
    return AccountDecider.ofNamespace(set.login(), set.newUser(), set.mayBeNew(), account);
  }

  private static void check(SetRegistryLogin set, @Nullable AccountState account) {
    var scopes = scopes(account);
    var scope = set.login().scope();
    if (scopes.contains(scope)) {
      return;
    }
    if (set.mustExist()) {
      throw notFound(scope);
    }
    if (scopes.size() >= set.most()) {
      throw new AccountRejected(
          Reason.INVALID_STATE,
          "%s has %d logins for registries, which is the most; remove one first"
              .formatted(set.account(), scopes.size()));
    }
  }

  static List<AccountEvent> removed(RemoveRegistryLogin remove, @Nullable AccountState account) {
    if (!scopes(account).contains(remove.scope())) {
      throw notFound(remove.scope());
    }
    return List.of(new RegistryLoginRemoved(remove.account(), remove.scope()));
  }

  private static Set<RegistryScope> scopes(@Nullable AccountState account) {
    return account == null ? Set.of() : account.registryLogins();
  }

  private static AccountRejected notFound(RegistryScope scope) {
    return AccountDecider.notFound((scope.isRegistry() ? "registry " : "repository ") + scope);
  }
}
