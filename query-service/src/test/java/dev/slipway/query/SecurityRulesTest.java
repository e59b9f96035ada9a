package dev.slipway.query;

import static dev.slipway.query.service.Happenings.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.model.Namespace;
import dev.slipway.model.account.AccessKey;
import dev.slipway.model.account.AccountEvent;
import dev.slipway.model.account.AccountEvent.ApiKeyCreated;
import dev.slipway.model.account.AccountEvent.ApiKeyRevoked;
import dev.slipway.model.account.AccountEvent.MemberAdded;
import dev.slipway.model.account.AccountEvent.MemberRemoved;
import dev.slipway.model.account.AccountEvent.OrganisationCreated;
import dev.slipway.model.account.AccountEvent.UserCreated;
import dev.slipway.model.account.ApiKeyId;
import dev.slipway.model.account.KeyHash;
import dev.slipway.model.account.Role;
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import dev.slipway.model.service.ServiceEvent.TriggerCreated;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.service.Trigger;
import dev.slipway.model.service.Trigger.Effect;
import dev.slipway.model.service.TriggerId;
import dev.slipway.model.wire.Topics;
import dev.slipway.query.service.Happenings;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the boundary of a query service keeps from whom, over HTTP. */
class SecurityRulesTest {

  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  private static final Duration AT_MOST = Duration.ofSeconds(15);
  private static final String SERVICE = "/api/app/v1/service/";

  private static QuerySide side;
  private static int keys;

  @BeforeAll
  static void start() {
    side = new QuerySide(_ -> {});
  }

  @AfterAll
  static void stop() {
    side.close();
  }

  @Test
  void aStreamEndsWhenItsKeyIsRevoked() throws Exception {
    var key = user("ann", null);
    var frames = side.openAs(login("ann", key.value()), "/api/audit/v1/events");
    assertThat(frames.isClosed()).isFalse();

    account(new ApiKeyRevoked(key.id(), "ann"), 2);

    await().atMost(AT_MOST).until(frames::isClosed);
    assertThat(frames.status).isEqualTo(1008);
    assertThat(frames.reason).isEqualTo("the right to read this has ended");
  }

  @Test
  void aStreamOfAnOrganisationEndsWithTheMembership() throws Exception {
    var key = user("ben", null);
    var organisation = new Namespace("acme");
    account(new OrganisationCreated(organisation), 0);
    account(new MemberAdded(organisation, "ben", Role.READER), 1);
    var ben = login("ben", key.value());
    await()
        .until(
            () ->
                side.getAs("/api/app/v1/acme/service/", "Authorization", ben).statusCode() == 200);
    var frames = side.openAs(ben, "/api/audit/v1/acme/events");
    var own = side.openAs(ben, "/api/audit/v1/events");

    account(new MemberRemoved(organisation, "ben"), 2);

    await().atMost(AT_MOST).until(frames::isClosed);
    assertThat(frames.status).isEqualTo(1008);
    assertThat(own.isClosed()).isFalse();
    own.close();
  }

  @Test
  void aReaderSeesNoUuidAndNoUrlOfATrigger() throws Exception {
    var reader = login("cat", user("cat", null).value());
    var operator = login("dan", user("dan", null).value());
    account(new OrganisationCreated(Happenings.NAMESPACE), 0);
    account(new MemberAdded(Happenings.NAMESPACE, "cat", Role.READER), 1);
    account(new MemberAdded(Happenings.NAMESPACE, "dan", Role.OPERATOR), 2);
    var service = new ServiceId("5e000000-0000-4000-8000-000000000001");
    var trigger = new TriggerId("77000000-0000-4000-8000-000000000001");
    Happenings.records(
            List.of(
                new ServiceCreated(
                    service, Happenings.NAMESPACE, Happenings.definition("db"), null),
                new TriggerCreated(service, new Trigger(trigger, "built", Effect.SCALEUP))))
        .forEach(side.log::append);
    var list = "/api/app/v1/admin/service/%s/trigger/".formatted(service);
    await()
        .untilAsserted(
            () -> assertThat(as(operator, list).body()).contains(trigger.value(), "call/"));
    await().until(() -> as(reader, list).statusCode() == 200);

    assertThat(as(reader, list).body())
        .contains("\"name\":\"built\"", "\"operation\":\"SCALEUP\"")
        .doesNotContain(trigger.value(), "call/");
    assertThat(as(reader, list + trigger + "/").statusCode()).isEqualTo(403);
    assertThat(as(reader, list + "?uuid__startswith=7").statusCode()).isEqualTo(400);
    assertThat(as(operator, list + trigger + "/").statusCode()).isEqualTo(200);
  }

  private static HttpResponse<String> as(String login, String path) throws Exception {
    return side.getAs(path, "Authorization", login);
  }

  @Test
  void aKeyInTheQueryOpensStreamsOnly() throws Exception {
    var login = "?user=admin&token=key";
    assertThat(side.getAs(SERVICE + login).statusCode()).isEqualTo(401);
    assertThat(side.getAs("/auth/" + login).statusCode()).isEqualTo(401);
    assertThat(side.refusal("/api/audit/v1/events" + login, "")).isEqualTo(101);
  }

  @Test
  void metricsAndInternalPathsNeedALogin() throws Exception {
    for (var path : List.of("/actuator/prometheus", "/actuator", "/internal/applied?service=x:1")) {
      assertThat(side.getAs(path).statusCode()).as(path).isEqualTo(401);
      assertThat(side.get(path).statusCode()).as(path).isNotEqualTo(401);
    }
    assertThat(side.getAs("/actuator/health").statusCode()).isEqualTo(200);
  }

  @Test
  void everyAnswerHasTheHeadersThatKeepBrowsersFromShowingIt() throws Exception {
    for (var path : List.of(SERVICE, "/nothing", "/actuator/health", "/v3/api-docs", "/version")) {
      var headers = side.getAs(path).headers();
      assertThat(headers.firstValue("X-Content-Type-Options")).as(path).hasValue("nosniff");
      assertThat(headers.firstValue("X-Frame-Options")).as(path).hasValue("DENY");
      assertThat(headers.firstValue("Referrer-Policy")).as(path).hasValue("no-referrer");
      assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
          .as(path)
          .contains("default-src 'none'", "frame-ancestors 'none'");
    }
    assertThat(side.get(SERVICE).headers().allValues("Cache-Control")).containsExactly("no-store");
  }

  private record Key(ApiKeyId id, String value) {}

  /** A user with a key that works. */
  private static Key user(String name, @Nullable Role limit) {
    var key = AccessKey.draw();
    var id = new ApiKeyId("4e000000-0000-4000-8000-%012d".formatted(++keys));
    account(new UserCreated(name), 0);
    account(new ApiKeyCreated(id, name, "", KeyHash.of(key), limit), 1);
    await()
        .until(
            () ->
                side.getAs(SERVICE, "Authorization", login(name, key.reveal())).statusCode()
                    == 200);
    return new Key(id, key.reveal());
  }

  private static String login(String user, String key) {
    return "ApiKey %s:%s".formatted(user, key);
  }

  private static void account(AccountEvent event, long sequence) {
    side.log.append(record(Topics.ACCOUNT_EVENTS, event.subject(), event, sequence, START));
  }
}
