package dev.slipway.http;

import dev.slipway.model.Namespace;
import java.util.Optional;

/** Knows who may log in. */
interface Accounts {

  /** The account that these credentials are of. */
  Optional<Account> verify(Credentials credentials);

  /** A user with the namespace that is meant when a path names none. */
  record Account(String user, Namespace namespace) {

    boolean mayUse(String namespace) {
      return this.namespace.value().equals(namespace);
    }
  }
}
