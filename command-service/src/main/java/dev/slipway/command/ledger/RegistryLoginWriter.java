package dev.slipway.command.ledger;

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
import org.springframework.jdbc.core.JdbcTemplate;

/** Keeps the ledger's logins for registries. */
final class RegistryLoginWriter {

  private final JdbcTemplate jdbc;

  RegistryLoginWriter(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  void write(AccountEvent event) {
    switch (event) {
      case RegistryLoginSet set -> insert(set);
      case RegistryLoginRemoved(var namespace, var scope) ->
          jdbc.update(
              "DELETE FROM registry_logins WHERE namespace = ? AND scope = ?",
              namespace.value(),
              scope.text());
      case UserDeleted(var user) -> {
        jdbc.update("DELETE FROM registry_logins WHERE namespace = ?", user);
        // Without its data key nothing that the namespace sealed can be opened, in backups either
        // if they are newer.
        jdbc.update("DELETE FROM data_keys WHERE namespace = ?", user);
      }
      case ApiKeyCreated _, ApiKeyRevoked _, NodeTokenCreated _ -> {}
      case MemberAdded _, MemberRemoved _, OrganisationCreated _, UserCreated _ -> {}
      case PolicyChanged _, QuotasChanged _, TokenGranted _, TokenRevoked _ -> {}
      case SessionClosed _, SessionExtended _, SessionOpened _ -> {}
    }
  }

  private void insert(RegistryLoginSet set) {
    jdbc.update(
        "INSERT INTO registry_logins (namespace, scope, username, password)"
            + " VALUES (?, ?, ?, ?) ON CONFLICT (namespace, scope)"
            + " DO UPDATE SET username = excluded.username, password = excluded.password",
        set.namespace().value(),
        set.scope().text(),
        set.username(),
        set.password().value());
  }
}
