package dev.slipway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Namespace;
import dev.slipway.model.Secret;
import dev.slipway.model.account.AccountEvent;
import dev.slipway.model.account.AccountEvent.ApiKeyCreated;
import dev.slipway.model.account.AccountEvent.ApiKeyRevoked;
import dev.slipway.model.account.AccountEvent.MemberAdded;
import dev.slipway.model.account.AccountEvent.MemberRemoved;
import dev.slipway.model.account.AccountEvent.OrganisationCreated;
import dev.slipway.model.account.AccountEvent.TokenGranted;
import dev.slipway.model.account.AccountEvent.TokenRevoked;
import dev.slipway.model.account.AccountEvent.UserCreated;
import dev.slipway.model.account.AccountEvent.UserDeleted;
import dev.slipway.model.account.ApiKeyId;
import dev.slipway.model.account.KeyHash;
import dev.slipway.model.account.Role;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.wire.Envelope;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DirectoryTest {

  static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
  static final Namespace ACME = new Namespace("acme");
  static final ApiKeyId KEY = new ApiKeyId("4e000000-0000-4000-8000-000000000001");
  static final KeyHash HASH = KeyHash.of(new Secret("a".repeat(40)));
  static final KeyHash OTHER_HASH = KeyHash.of(new Secret("b".repeat(40)));
  static final ContainerId CONTAINER = new ContainerId("c0000000-0000-4000-8000-000000000001");

  final Directory directory = new Directory();

  private void happened(AccountEvent... events) {
    for (var event : events) {
      directory.apply(event, AT);
    }
  }

  @Test
  void knowsAKeyUntilItIsRevoked() {
    happened(new UserCreated("alice"), new ApiKeyCreated(KEY, "alice", "CI", HASH, Role.READER));

    assertThat(directory.key(HASH))
        .contains(new Directory.ApiKey(KEY, "alice", "CI", HASH, Role.READER, AT));
    assertThat(directory.keysOf("alice")).hasSize(1);
    assertThat(directory.keysOf("bob")).isEmpty();

    happened(new ApiKeyRevoked(KEY, "alice"));

    assertThat(directory.key(HASH)).isEmpty();
    assertThat(directory.keysOf("alice")).isEmpty();
  }

  @Test
  void forgetsAllOfADeletedUser() {
    happened(
        new UserCreated("alice"),
        new OrganisationCreated(ACME),
        new MemberAdded(ACME, "alice", Role.ADMIN),
        new ApiKeyCreated(KEY, "alice", "", HASH, null),
        new UserDeleted("alice"));

    assertThat(directory.isUser("alice")).isFalse();
    assertThat(directory.key(HASH)).isEmpty();
    assertThat(directory.memberships("alice")).isEmpty();
    assertThat(directory.members(ACME)).isEmpty();
  }

  @Test
  void givesAMemberTheRoleItGotLast() {
    happened(
        new OrganisationCreated(ACME),
        new MemberAdded(ACME, "alice", Role.READER),
        new MemberAdded(ACME, "bob", Role.READER),
        new MemberAdded(ACME, "alice", Role.OPERATOR));

    assertThat(directory.members(ACME))
        .isEqualTo(Map.of("alice", Role.OPERATOR, "bob", Role.READER));

    happened(new MemberRemoved(ACME, "alice"));

    assertThat(directory.memberships("alice")).isEmpty();
    assertThat(directory.members(ACME)).isEqualTo(Map.of("bob", Role.READER));
  }

  @Test
  void knowsTheNewestTokenOfAContainerUntilItIsRevoked() {
    happened(
        new TokenGranted(CONTAINER, ACME, HASH), new TokenGranted(CONTAINER, ACME, OTHER_HASH));

    assertThat(directory.token(HASH)).isEmpty();
    assertThat(directory.token(OTHER_HASH)).contains(new Directory.Token(CONTAINER, ACME));

    happened(new TokenRevoked(CONTAINER), new TokenRevoked(CONTAINER));

    assertThat(directory.token(OTHER_HASH)).isEmpty();
  }

  @Nested
  class ItsProgress {

    final DirectoryProgress progress = new DirectoryProgress(directory);

    private void arrives(AccountEvent event, long sequence) {
      progress.apply(new Envelope<>("id", event.subject(), sequence, 0, AT, Map.of(), event));
    }

    @Test
    void passesOverWhatComesAgain() {
      arrives(new UserCreated("alice"), 0);
      arrives(new ApiKeyCreated(KEY, "alice", "", HASH, null), 1);
      arrives(new ApiKeyRevoked(KEY, "alice"), 2);
      arrives(new TokenGranted(CONTAINER, ACME, OTHER_HASH), 0);
      arrives(new TokenRevoked(CONTAINER), 1);

      arrives(new ApiKeyCreated(KEY, "alice", "", HASH, null), 1);
      arrives(new TokenGranted(CONTAINER, ACME, OTHER_HASH), 0);

      assertThat(directory.key(HASH)).isEmpty();
      assertThat(directory.token(OTHER_HASH)).isEmpty();
    }

    @Test
    void letsOthersWaitForAVersion() throws Exception {
      assertThat(progress.awaitApplied("alice", 0, Duration.ofMillis(1))).isFalse();

      var waiting =
          Thread.ofVirtual()
              .start(
                  () ->
                      assertThat(progress.awaitApplied("alice", 0, Duration.ofSeconds(10)))
                          .isTrue());
      arrives(new UserCreated("alice"), 0);

      assertThat(waiting.join(Duration.ofSeconds(10))).isTrue();
      assertThat(progress.awaitApplied("alice", 0, Duration.ZERO)).isTrue();
    }
  }
}
