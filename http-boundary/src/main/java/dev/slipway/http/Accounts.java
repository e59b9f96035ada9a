package dev.slipway.http;

import dev.slipway.http.Credentials.Token;
import dev.slipway.http.Credentials.UserAndKey;
import dev.slipway.model.Namespace;
import dev.slipway.model.account.AccessKey;
import dev.slipway.model.account.KeyHash;
import dev.slipway.model.account.Role;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells whose credentials are. */
final class Accounts {

  private final ConfiguredAccount configured;
  private final Directory directory;
  private final DirectoryProgress progress;

  Accounts(ConfiguredAccount configured, Directory directory, DirectoryProgress progress) {
    this.configured = configured;
    this.directory = directory;
    this.progress = progress;
  }

  /** What comes of a login. */
  sealed interface Login {

    /** They are of this account. */
    record Known(Account account) implements Login {}

    /** They are of nobody. */
    record Unknown() implements Login {}

    /** Whose they are will be known once the log of accounts is read. */
    record NotYet() implements Login {}
  }

  Login verify(Credentials credentials) {
    if (credentials instanceof UserAndKey ofUser && configured.isOf(ofUser)) {
      return new Login.Known(account(configured.user(), null));
    }
    if (!AccessKey.hasForm(credentials.key())) {
      return new Login.Unknown();
    }
    if (!progress.isCaughtUp()) {
      return new Login.NotYet();
    }
    var hash = KeyHash.of(credentials.key());
    return switch (credentials) {
      case UserAndKey(var user, _) ->
          directory
              .key(hash)
              .filter(key -> key.user().equals(user) && directory.isUser(user))
              .<Login>map(key -> new Login.Known(account(user, key.limit())))
              .orElseGet(Login.Unknown::new);
      case Token _ ->
          directory
              .token(hash)
              .<Login>map(token -> new Login.Known(account(token)))
              .orElseGet(Login.Unknown::new);
    };
  }

  private Account account(String user, @Nullable Role limit) {
    boolean ofTheSettings = user.equals(configured.user());
    var home = ofTheSettings ? configured.namespace() : new Namespace(user);
    var highest = limit == null ? Role.ADMIN : limit;
    var roles = new HashMap<Namespace, Role>();
    directory
        .memberships(user)
        .forEach((namespace, role) -> roles.put(namespace, role.atMost(highest)));
    roles.put(home, highest);
    return new Account(user, home, roles, ofTheSettings && highest == Role.ADMIN);
  }

  private static Account account(Directory.Token token) {
    return new Account(
        "container " + token.container(),
        token.namespace(),
        Map.of(token.namespace(), Role.OPERATOR),
        false);
  }
}
