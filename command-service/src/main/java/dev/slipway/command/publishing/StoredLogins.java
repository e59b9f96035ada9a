package dev.slipway.command.publishing;

import dev.slipway.command.registry.PullLogins;
import dev.slipway.model.Namespace;
import dev.slipway.model.SealedSecret;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Reads the ledger's logins for registries. */
record StoredLogins(Connection connection) implements PullLogins.Source {

  @Override
  public Map<String, PullLogins.Stored> loginsOf(Namespace namespace) throws SQLException {
    try (var query =
        connection.prepareStatement(
            "SELECT scope, username, password FROM registry_logins WHERE namespace = ?")) {
      query.setString(1, namespace.value());
      try (var rows = query.executeQuery()) {
        var logins = new HashMap<String, PullLogins.Stored>();
        while (rows.next()) {
          logins.put(
              rows.getString(1),
              new PullLogins.Stored(rows.getString(2), new SealedSecret(rows.getString(3))));
        }
        return logins;
      }
    }
  }
}
