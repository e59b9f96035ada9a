package dev.slipway.http;

import dev.slipway.model.Namespace;
import dev.slipway.model.account.Role;
import java.util.Map;
import java.util.Optional;

/**
 * Who has logged in, and what that allows.
 *
 * @param home the namespace that is meant when a path names none
 * @param roles in each namespace that it may use, home included
 * @param administrator whether it may make users and organisations
 */
public record Account(
    String user, Namespace home, Map<Namespace, Role> roles, boolean administrator) {

  public Account {
    roles = Map.copyOf(roles);
  }

  /** Empty if for this account there is no such namespace. */
  public Optional<Role> roleIn(Namespace namespace) {
    return Optional.ofNullable(roles.get(namespace));
  }
}
