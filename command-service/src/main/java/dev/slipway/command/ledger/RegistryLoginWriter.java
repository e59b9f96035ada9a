package dev.slipway.command.ledger;

import dev.slipway.model.account.AccountEvent;
import dev.slipway.model.account.AccountEvent.RegistryLoginRemoved;
import dev.slipway.model.account.AccountEvent.RegistryLoginSet;
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
      case RegistryLoginSet(var namespace, var scope, var username, var password, _) ->
          jdbc.update(
              "INSERT INTO registry_logins (namespace, scope, username, password)"
                  + " VALUES (?, ?, ?, ?) ON CONFLICT (namespace, scope)"
                  + " DO UPDATE SET username = excluded.username, password = excluded.password",
              namespace.value(),
              scope.text(),
              username,
              password.value());
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
      case AccountEvent.ApiKeyCreated _,
          AccountEvent.ApiKeyRevoked _,
          AccountEvent.MemberAdded _,
          AccountEvent.MemberRemoved _,
          AccountEvent.NodeTokenCreated _,
          AccountEvent.OrganisationCreated _,
          AccountEvent.PolicyChanged _,
          AccountEvent.QuotasChanged _,
          AccountEvent.SessionClosed _,
          AccountEvent.SessionExtended _,
          AccountEvent.SessionOpened _,
          AccountEvent.TokenGranted _,
          AccountEvent.TokenRevoked _,
          AccountEvent.UserCreated _ -> {}
    }
  }
}
