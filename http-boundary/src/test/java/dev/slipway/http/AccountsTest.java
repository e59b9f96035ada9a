package dev.slipway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.http.Accounts.Login;
import dev.slipway.http.Credentials.Token;
import dev.slipway.http.Credentials.UserAndKey;
import dev.slipway.model.Namespace;
import dev.slipway.model.Secret;
import dev.slipway.model.account.AccessKey;
import dev.slipway.model.account.AccountEvent;
import dev.slipway.model.account.AccountEvent.ApiKeyCreated;
import dev.slipway.model.account.AccountEvent.ApiKeyRevoked;
import dev.slipway.model.account.AccountEvent.MemberAdded;
import dev.slipway.model.account.AccountEvent.OrganisationCreated;
import dev.slipway.model.account.AccountEvent.SessionExtended;
import dev.slipway.model.account.AccountEvent.SessionOpened;
import dev.slipway.model.account.AccountEvent.TokenGranted;
import dev.slipway.model.account.AccountEvent.TokenRevoked;
import dev.slipway.model.account.AccountEvent.UserCreated;
import dev.slipway.model.account.AccountEvent.UserDeleted;
import dev.slipway.model.account.ApiKeyId;
import dev.slipway.model.account.KeyHash;
import dev.slipway.model.account.Role;
import dev.slipway.model.container.ContainerId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountsTest {

  static final Namespace HOME = new Namespace("home");
  static final Namespace ACME = new Namespace("acme");
  static final ContainerId CONTAINER = new ContainerId("c0000000-0000-4000-8000-000000000001");

  final Directory directory = new Directory();
  Instant now = Instant.EPOCH;
  final DirectoryProgress progress = new DirectoryProgress(directory);
  final Accounts accounts =
      new Accounts(new ConfiguredAccount("admin", "key", HOME), directory, progress, () -> now);

  @BeforeEach
  void hasReadTheLog() {
    happened(
        new UserCreated("alice"),
        new OrganisationCreated(ACME),
        new MemberAdded(ACME, "alice", Role.OPERATOR),
        new MemberAdded(ACME, "admin", Role.READER));
    progress.caughtUp(true);
  }

  private void happened(AccountEvent... events) {
    for (var event : events) {
      directory.apply(event, Instant.EPOCH);
    }
  }

  private Secret keyOf(String user, @Nullable Role limit) {
    var key = AccessKey.draw();
    happened(
        new ApiKeyCreated(new ApiKeyId(KeyHash.of(key).value()), user, "", KeyHash.of(key), limit));
    return key;
  }

  private Account login(String user, Secret key) {
    return ((Login.Known) accounts.verify(new UserAndKey(user, key))).account();
  }

  @Test
  void letTheConfiguredAccountInAtOnce() {
    progress.caughtUp(false);

    assertThat(login("admin", new Secret("key")))
        .isEqualTo(new Account("admin", HOME, Map.of(HOME, Role.ADMIN, ACME, Role.READER), true));
    assertThat(accounts.verify(new UserAndKey("admin", new Secret("other"))))
        .isEqualTo(new Login.Unknown());
    assertThat(accounts.verify(new UserAndKey("alice", new Secret("key"))))
        .isEqualTo(new Login.Unknown());
  }

  @Test
  void makeOthersWaitUntilTheLogIsRead() {
    var key = keyOf("alice", null);
    progress.caughtUp(false);

    assertThat(accounts.verify(new UserAndKey("alice", key))).isEqualTo(new Login.NotYet());
    assertThat(accounts.verify(new Token(key))).isEqualTo(new Login.NotYet());
    assertThat(accounts.verify(new Token(new Secret("no token")))).isEqualTo(new Login.Unknown());
  }

  @Test
  void makeEachUserAdminOfItsOwnNamespace() {
    var alice = new Namespace("alice");

    assertThat(login("alice", keyOf("alice", null)))
        .isEqualTo(
            new Account("alice", alice, Map.of(alice, Role.ADMIN, ACME, Role.OPERATOR), false));
  }

  @Test
  void limitWhoeverHoldsALimitedKey() {
    var alice = new Namespace("alice");

    assertThat(login("alice", keyOf("alice", Role.READER)).roles())
        .isEqualTo(Map.of(alice, Role.READER, ACME, Role.READER));
    assertThat(login("alice", keyOf("alice", Role.OPERATOR)).roles())
        .isEqualTo(Map.of(alice, Role.OPERATOR, ACME, Role.OPERATOR));
  }

  @Test
  void leaveTheAdministratorItsRightsUnderAnotherKey() {
    happened(new UserCreated("admin"));

    assertThat(login("admin", keyOf("admin", null))).isEqualTo(login("admin", new Secret("key")));
    assertThat(login("admin", keyOf("admin", Role.OPERATOR)).administrator()).isFalse();
  }

  @Test
  void openASessionUntilItExpiresOrItsKeyIsRevoked() {
    var apiKey = new ApiKeyId("4e000000-0000-4000-8000-000000000001");
    var session = new ApiKeyId("4e000000-0000-4000-8000-000000000002");
    var key = AccessKey.draw();
    var cookie = new Credentials.Session(key);
    var opened =
        new SessionOpened(
            session, "alice", KeyHash.of(key), apiKey, Role.READER, now.plusSeconds(60));
    happened(opened);
    assertThat(((Login.Known) accounts.verify(cookie)).account().roleIn(new Namespace("alice")))
        .contains(Role.READER);
    assertThat(accounts.verify(new UserAndKey("alice", key))).isEqualTo(new Login.Unknown());
    assertThat(accounts.verify(new Token(key))).isEqualTo(new Login.Unknown());

    now = now.plusSeconds(60);
    assertThat(accounts.verify(cookie)).isEqualTo(new Login.Unknown());
    happened(new SessionExtended(session, "alice", now.plusSeconds(1)));
    assertThat(accounts.verify(cookie)).isInstanceOf(Login.Known.class);
    happened(new ApiKeyRevoked(apiKey, "alice"));
    assertThat(accounts.verify(cookie)).isEqualTo(new Login.Unknown());

    happened(opened, new SessionExtended(session, "alice", now.plusSeconds(1)));
    assertThat(accounts.verify(cookie)).isInstanceOf(Login.Known.class);
    happened(new UserDeleted("alice"));
    assertThat(accounts.verify(cookie)).isEqualTo(new Login.Unknown());
  }

  @Test
  void takeASessionOfTheSettingsByTheKeyOfTheSettingsOnly() {
    var key = AccessKey.draw();
    var opened =
        new SessionOpened(
            new ApiKeyId("4e000000-0000-4000-8000-000000000002"),
            "admin",
            accounts.sessionHash(key, true),
            null,
            null,
            now.plusSeconds(60));
    happened(opened);
    var other =
        new Accounts(new ConfiguredAccount("admin", "other", HOME), directory, progress, () -> now);

    assertThat(accounts.verify(new Credentials.Session(key))).isInstanceOf(Login.Known.class);
    assertThat(other.verify(new Credentials.Session(key))).isEqualTo(new Login.Unknown());
  }

  @Test
  void takeAKeyFromItsUserOnly() {
    happened(new UserCreated("bob"));
    var key = keyOf("alice", null);

    assertThat(accounts.verify(new UserAndKey("bob", key))).isEqualTo(new Login.Unknown());
    assertThat(accounts.verify(new Token(key))).isEqualTo(new Login.Unknown());

    happened(new UserDeleted("alice"));

    assertThat(accounts.verify(new UserAndKey("alice", key))).isEqualTo(new Login.Unknown());
  }

  @Test
  void letAContainerOperateInItsNamespaceWhileItsTokenLives() {
    var token = AccessKey.draw();
    happened(new TokenGranted(CONTAINER, ACME, KeyHash.of(token)));

    assertThat(accounts.verify(new Token(token)))
        .isEqualTo(
            new Login.Known(
                new Account("container " + CONTAINER, ACME, Map.of(ACME, Role.OPERATOR), false)));
    assertThat(accounts.verify(new UserAndKey("container", token))).isEqualTo(new Login.Unknown());

    happened(new TokenRevoked(CONTAINER));

    assertThat(accounts.verify(new Token(token))).isEqualTo(new Login.Unknown());
  }
}
