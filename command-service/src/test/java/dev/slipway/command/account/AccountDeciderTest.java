package dev.slipway.command.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.command.account.AccountCommand.AddMember;
import dev.slipway.command.account.AccountCommand.CreateApiKey;
import dev.slipway.command.account.AccountCommand.CreateOrganisation;
import dev.slipway.command.account.AccountCommand.CreateUser;
import dev.slipway.command.account.AccountCommand.DeleteUser;
import dev.slipway.command.account.AccountCommand.NewKey;
import dev.slipway.command.account.AccountCommand.RemoveMember;
import dev.slipway.command.account.AccountCommand.RevokeApiKey;
import dev.slipway.command.account.AccountRejected.Reason;
import dev.slipway.http.QuotaExceeded;
import dev.slipway.model.Namespace;
import dev.slipway.model.Secret;
import dev.slipway.model.account.AccountEvent;
import dev.slipway.model.account.AccountEvent.ApiKeyCreated;
import dev.slipway.model.account.AccountEvent.ApiKeyRevoked;
import dev.slipway.model.account.AccountEvent.MemberAdded;
import dev.slipway.model.account.AccountEvent.MemberRemoved;
import dev.slipway.model.account.AccountEvent.OrganisationCreated;
import dev.slipway.model.account.AccountEvent.TokenGranted;
import dev.slipway.model.account.AccountEvent.UserCreated;
import dev.slipway.model.account.AccountEvent.UserDeleted;
import dev.slipway.model.account.ApiKeyId;
import dev.slipway.model.account.KeyHash;
import dev.slipway.model.account.Role;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.action.ActionRequest;
import dev.slipway.model.action.Origin;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.service.ServiceCommand.Asked;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AccountDeciderTest {

  static final Namespace ALICE = new Namespace("alice");
  static final Namespace ACME = new Namespace("acme");
  static final KeyHash HASH = KeyHash.of(new Secret("a".repeat(40)));
  static final ApiKeyId KEY = new ApiKeyId("4e000000-0000-4000-8000-000000000001");
  static final NewKey NEW_KEY = new NewKey(KEY, "CI", HASH, Role.READER);
  static final ApiKeyCreated KEY_CREATED = new ApiKeyCreated(KEY, "alice", "CI", HASH, Role.READER);
  static final Asked ASKED =
      new Asked(
          new ActionId("ac000000-0000-4000-8000-000000000001"),
          new ActionRequest(
              ALICE, "Any", "/", "POST", "/", "", new Origin("admin", "::1", "curl", null)));

  private static List<AccountEvent> after(AccountCommand command, AccountEvent... history) {
    AccountState state = null;
    for (var event : history) {
      state = AccountState.evolve(state, event);
    }
    return AccountDecider.decide(command, state);
  }

  private static void refused(Reason reason, AccountCommand command, AccountEvent... history) {
    assertThatThrownBy(() -> after(command, history))
        .isInstanceOfSatisfying(
            AccountRejected.class, rejected -> assertThat(rejected.reason()).isEqualTo(reason));
  }

  @Test
  void everyCommandHasAHandler() {
    assertThat(
            Arrays.stream(AccountAggregate.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(CommandHandler.class))
                .<Class<?>>map(method -> method.getParameterTypes()[0]))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Arrays.stream(AccountCommand.class.getPermittedSubclasses()),
                    Stream.of(AccountCommand.ExtendSession.class)) // it leaves no action
                .<Class<?>>map(type -> type)
                .toList());
  }

  @Nested
  class AName {

    @Test
    void isGivenOutOnce() {
      assertThat(after(new CreateUser(ALICE, ASKED))).containsExactly(new UserCreated("alice"));
      assertThat(after(new CreateOrganisation(ACME, ASKED)))
          .containsExactly(new OrganisationCreated(ACME));
      refused(Reason.INVALID_STATE, new CreateOrganisation(ALICE, ASKED), new UserCreated("alice"));
      refused(Reason.INVALID_STATE, new CreateUser(ACME, ASKED), new OrganisationCreated(ACME));
    }

    @Test
    void isNotGivenOutAgainAfterItsUser() {
      refused(
          Reason.INVALID_STATE,
          new CreateUser(ALICE, ASKED),
          new UserCreated("alice"),
          new UserDeleted("alice"));
    }

    @Test
    void isNobodysIfItIsAContainersUuid() {
      var container = new ContainerId("c0000000-0000-4000-8000-000000000001");
      refused(
          Reason.NOT_FOUND,
          new DeleteUser(new Namespace(container.value()), ASKED),
          new TokenGranted(container, ACME, HASH));
    }
  }

  @Nested
  class AUser {

    final UserCreated created = new UserCreated("alice");

    @Test
    void hasKeysUntilTheyAreRevoked() {
      assertThat(after(new CreateApiKey(ALICE, ASKED, NEW_KEY, 100, false), created))
          .containsExactly(KEY_CREATED);
      assertThat(after(new RevokeApiKey(ALICE, ASKED, KEY), created, KEY_CREATED))
          .containsExactly(new ApiKeyRevoked(KEY, "alice"));
      refused(
          Reason.NOT_FOUND,
          new RevokeApiKey(ALICE, ASKED, KEY),
          created,
          KEY_CREATED,
          new ApiKeyRevoked(KEY, "alice"));
    }

    @Test
    void hasAHundredKeysAtMost() {
      var history =
          IntStream.range(0, 101)
              .<AccountEvent>mapToObj(
                  i ->
                      i == 0
                          ? created
                          : new ApiKeyCreated(new ApiKeyId("k" + i), "alice", "", HASH, null))
              .toArray(AccountEvent[]::new);
      assertThatThrownBy(() -> after(new CreateApiKey(ALICE, ASKED, NEW_KEY, 100, false), history))
          .isInstanceOf(QuotaExceeded.class)
          .hasMessageStartingWith(
              "alice has reached its quota of API keys of one user: 100 of 100 are used");
    }

    @Test
    void isMadeByItsFirstKeyIfItIsThatOfTheSettings() {
      assertThat(after(new CreateApiKey(ALICE, ASKED, NEW_KEY, 100, true)))
          .containsExactly(created, KEY_CREATED);
      refused(Reason.NOT_FOUND, new CreateApiKey(ALICE, ASKED, NEW_KEY, 100, false));
    }

    @Test
    void isDeletedOnce() {
      var deleted = new UserDeleted("alice");
      assertThat(after(new DeleteUser(ALICE, ASKED), created)).containsExactly(deleted);
      refused(Reason.NOT_FOUND, new DeleteUser(ALICE, ASKED), created, deleted);
      refused(
          Reason.NOT_FOUND, new CreateApiKey(ALICE, ASKED, NEW_KEY, 100, true), created, deleted);
    }
  }

  @Nested
  class AnOrganisation {

    final OrganisationCreated created = new OrganisationCreated(ACME);

    @Test
    void takesMembersAndLetsThemGo() {
      var added = new MemberAdded(ACME, "alice", Role.READER);
      assertThat(after(new AddMember(ACME, ASKED, "alice", Role.READER), created))
          .containsExactly(added);
      assertThat(after(new AddMember(ACME, ASKED, "alice", Role.ADMIN), created, added))
          .containsExactly(new MemberAdded(ACME, "alice", Role.ADMIN));
      assertThat(after(new RemoveMember(ACME, ASKED, "alice"), created, added))
          .containsExactly(new MemberRemoved(ACME, "alice"));
      refused(Reason.NOT_FOUND, new RemoveMember(ACME, ASKED, "alice"), created);
    }

    @Test
    void isNoUser() {
      refused(Reason.NOT_FOUND, new DeleteUser(ACME, ASKED), created);
      refused(
          Reason.NOT_FOUND,
          new AddMember(ALICE, ASKED, "bob", Role.READER),
          new UserCreated("alice"));
    }
  }
}
