package dev.slipway.query.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.InvalidInput;
import dev.slipway.model.Namespace;
import dev.slipway.model.action.Action;
import dev.slipway.model.action.Action.Moment;
import dev.slipway.model.action.ActionEvent.ActionEnded;
import dev.slipway.model.action.ActionEvent.ActionTaken;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.action.ActionRequest;
import dev.slipway.model.action.ActionState;
import dev.slipway.model.action.Origin;
import dev.slipway.query.paging.FilterDate;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActionTest {

  static final ActionId ID = new ActionId("3f0c7d7e-0000-4000-8000-000000000009");
  static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  static final ActionRequest REQUEST =
      new ActionRequest(
          new Namespace("admin"),
          "Service Start",
          "/api/app/v1/admin/service/x/",
          "POST",
          "/",
          "{}",
          new Origin("admin", "127.0.0.1", "curl", null));
  static final ActionTaken TAKEN = new ActionTaken(ID, REQUEST, ActionState.IN_PROGRESS, null);
  static final ActionEnded ENDED = new ActionEnded(ID, ActionState.FAILED, "no node fits");

  @Test
  void goesOnUntilItEnds() {
    var taken = Action.evolve(null, TAKEN, new Moment(0, 7, START));
    assertThat(taken.state().isOver()).isFalse();
    assertThat(taken.ended()).isNull();
    var ended = Action.evolve(taken, ENDED, new Moment(1, 9, START.plusSeconds(3)));
    assertThat(ended.state().isOver()).isTrue();
    assertThat(ended.ended()).isEqualTo(START.plusSeconds(3));
    assertThat(ended.position()).isEqualTo(7);
    assertThat(ended.reason()).isEqualTo("no node fits");
  }

  @Test
  void isTheSameWhenItsEventsComeAgain() {
    var taken = Action.evolve(null, TAKEN, new Moment(0, 7, START));
    var ended = Action.evolve(taken, ENDED, new Moment(1, 9, START));
    assertThat(Action.evolve(ended, TAKEN, new Moment(0, 7, START))).isSameAs(ended);
    assertThat(Action.evolve(ended, ENDED, new Moment(1, 9, START))).isSameAs(ended);
    assertThat(ActionDocument.view(ActionDocument.of(ended))).isEqualTo(ended);
  }

  @Test
  void isOverAtOnceIfItWasRefused() {
    var refused = new ActionTaken(ID, REQUEST, ActionState.FAILED, "it is running already");
    assertThat(Action.evolve(null, refused, new Moment(0, 7, START)).ended()).isEqualTo(START);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-02T03:04:05Z",
        "2026-01-02T03:04:05",
        "2026-01-02 03:04:05",
        "2026-01-02T04:04:05 01:00",
        "Fri, 02 Jan 2026 03:04:05 +0000"
      })
  void isFoundByADateInAnyForm(String text) {
    assertThat(FilterDate.millis("start_date__gte", text)).isEqualTo(START.toEpochMilli());
  }

  @Test
  void isNotFoundByWhatIsNoDate() {
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> FilterDate.millis("start_date__gte", "soon"))
        .isInstanceOf(InvalidInput.class);
  }
}
