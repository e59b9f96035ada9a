package dev.slipway.command.registry;

import dev.slipway.command.secrets.Seal;
import dev.slipway.command.secrets.SealFailure;
import dev.slipway.model.Namespace;
import dev.slipway.model.SealedSecret;
import dev.slipway.model.account.AccountEvent;
import dev.slipway.model.account.AccountEvent.RegistryLoginRemoved;
import dev.slipway.model.account.AccountEvent.RegistryLoginSet;
import dev.slipway.model.account.AccountEvent.UserDeleted;
import dev.slipway.model.registry.RegistryLogin;
import dev.slipway.model.registry.RegistryScope;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The logins that agents pull images with, as the ledger has them. They are read once for each
 * namespace, and again after an event that changes them. Only the publisher's thread uses it.
 */
public final class PullLogins {

  private static final Logger LOG = LoggerFactory.getLogger(PullLogins.class);

  private final Seal seal;
  private final Map<Namespace, Map<String, Stored>> known = new HashMap<>();

  /** A login with its password sealed. */
  public record Stored(String username, SealedSecret password) {}

  /** Reads the logins of a namespace by their scopes. */
  @FunctionalInterface
  public interface Source {
    Map<String, Stored> loginsOf(Namespace namespace) throws SQLException;
  }

  public PullLogins(Seal seal) {
    this.seal = seal;
  }

  /** What a password is sealed for. */
  public static String purpose(RegistryScope scope) {
    return "registry login " + scope.text();
  }

  /** The login for an image: that of its repository, or else that of its registry. */
  public @Nullable RegistryLogin of(Namespace namespace, String image, Source source)
      throws SQLException {
    var logins = known.get(namespace);
    if (logins == null) {
      logins = source.loginsOf(namespace);
      known.put(namespace, logins);
    }
    if (logins.isEmpty()) {
      return null;
    }
    var repository = RegistryScope.ofImage(image);
    var own = logins.get(repository.text());
    if (own != null) {
      return opened(namespace, repository, own);
    }
    var registry = repository.wholeRegistry();
    var shared = logins.get(registry.text());
    return shared == null ? null : opened(namespace, registry, shared);
  }

  private @Nullable RegistryLogin opened(Namespace namespace, RegistryScope scope, Stored stored) {
    try {
      var password = seal.open(namespace, purpose(scope), stored.password());
      return new RegistryLogin(scope, stored.username(), password);
    } catch (SealFailure failure) {
      LOG.error("Images of {} are pulled without a login: {}", scope, failure.getMessage());
      return null;
    }
  }

  /** Follows an event of an account that was published. */
  public void follow(AccountEvent event) {
    switch (event) {
      case RegistryLoginSet set -> known.remove(set.namespace());
      case RegistryLoginRemoved removed -> known.remove(removed.namespace());
      case UserDeleted deleted -> known.remove(new Namespace(deleted.user()));
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

  /** The log is read from an earlier point again. */
  public void forget() {
    known.clear();
  }
}
