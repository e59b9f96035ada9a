package dev.slipway.query.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.slipway.model.Namespace;
import dev.slipway.model.action.Action;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.action.ActionRequest;
import dev.slipway.model.action.ActionState;
import dev.slipway.model.action.Origin;
import dev.slipway.model.api.ActionResource;
import dev.slipway.query.container.Containers;
import dev.slipway.query.paging.ListQuery;
import dev.slipway.query.paging.Presence;
import dev.slipway.query.projection.Stores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which actions are kept, and what can be done with one. */
class ActionsTest {

  static final Namespace ADMIN = new Namespace("admin");
  static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  static Stream<MongoDatabase> databases() {
    return Stores.fresh();
  }

  static Action action(int number, String object, ActionState state, String method) {
    var at = START.plusSeconds(number);
    return new Action(
        new ActionId("ac000000-0000-4000-8000-%012d".formatted(number)),
        0,
        number,
        new ActionRequest(
            ADMIN,
            "Service Start",
            "/api/app/v1/admin/service/" + object + "/",
            method,
            method.isEmpty() ? "" : "/api/app/v1/service/" + object + "/start/",
            "{}",
            new Origin("admin", "", "", null)),
        state,
        at,
        ended(state, at),
        null);
  }

  static @Nullable Instant ended(ActionState state, Instant at) {
    return state == ActionState.IN_PROGRESS || state == ActionState.PENDING ? null : at;
  }

  static List<String> kept(Actions actions) {
    var query = ListQuery.of("/", Map.of("limit", "100"), Actions.FILTERS);
    return actions.page(List.of(ADMIN), query).documents().stream()
        .map(document -> document.getString("_id").replaceFirst(".*-0*", ""))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void areTheNewestOfEachObjectNotTooOldAndAllThatGoOn(MongoDatabase database) {
    var actions =
        new Actions(
            database,
            new Containers(database, new Presence(Clock.systemUTC(), Duration.ofHours(1))));
    actions.prepare();
    actions.write(
        List.of(
            action(1, "web", ActionState.IN_PROGRESS, "POST"),
            action(2, "web", ActionState.SUCCESS, "POST"),
            action(3, "db", ActionState.SUCCESS, "POST"),
            action(4, "web", ActionState.FAILED, "POST"),
            action(5, "web", ActionState.SUCCESS, "POST"),
            action(6, "web", ActionState.CANCELED, "POST")));
    var now = Clock.fixed(START.plusSeconds(63), ZoneOffset.UTC);
    new ActionRetention(actions, new ActionRetention.Limits(3, Duration.ofMinutes(1)), now).trim();
    assertThat(kept(actions)).containsExactly("6", "5", "4", "3", "1");
    new ActionRetention(actions, new ActionRetention.Limits(3, Duration.ofSeconds(59)), now).trim();
    assertThat(kept(actions)).containsExactly("6", "5", "4", "1");
  }

  @ParameterizedTest
  @CsvSource({
    "PENDING, POST, true, false",
    "IN_PROGRESS, POST, true, false",
    "CANCELING, POST, false, false",
    "CANCELED, POST, false, true",
    "SUCCESS, POST, false, true",
    "FAILED, POST, false, true",
    "FAILED, '', false, false",
  })
  void canBeCanceledBeforeTheirEndAndRetriedAfter(
      ActionState state, String method, boolean canceled, boolean retried) {
    var json = ActionResource.renderWhole(action(1, "web", state, method));
    assertThat(json)
        .containsEntry("can_be_canceled", canceled)
        .containsEntry("can_be_retried", retried)
        .containsEntry("is_user_action", !method.isEmpty())
        .containsEntry("body", "{}");
  }

  @Test
  void showTheirBodyNowhereButInDetail() {
    assertThat(ActionResource.render(action(1, "web", ActionState.SUCCESS, "POST")))
        .doesNotContainKeys("body", "is_user_action");
  }
}
