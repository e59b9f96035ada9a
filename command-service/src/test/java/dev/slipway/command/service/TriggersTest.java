package dev.slipway.command.service;

import static dev.slipway.command.service.Given.call;
import static dev.slipway.command.service.Given.callAction;
import static dev.slipway.model.service.Trigger.Effect.REDEPLOY;
import static dev.slipway.model.service.Trigger.Effect.SCALEUP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.InvalidInput;
import dev.slipway.model.Secret;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.OperationBegun;
import dev.slipway.model.service.ServiceEvent.OperationEnded;
import dev.slipway.model.service.ServiceEvent.OperationQueued;
import dev.slipway.model.service.ServiceLifecycle;
import org.junit.jupiter.api.Test;

class TriggersTest {

  static final EnvironmentVariable BODY =
      new EnvironmentVariable("DOCKERCLOUD_TRIGGER_BODY", new Secret("pushed"));

  static Given redeploying() {
    return Given.running(2).after(Given.trigger(REDEPLOY)).after(Given.redeploy());
  }

  /** Lets every step of what is under way succeed, until nothing is. */
  static Given settled(Given given) {
    var now = given;
    for (int i = 0; i < 50 && !now.service().activity().isIdle(); i++) {
      now = now.allRun();
      for (var container : now.service().fleet().containers()) {
        if (container.phase().text().equals("Terminating")) {
          now = now.after(Given.report(Given.removed(container)));
        }
      }
    }
    return now;
  }

  @Test
  void redeploysAtOnceWhenNothingElseGoesOn() {
    var idle = Given.running(2).after(Given.trigger(REDEPLOY));
    assertThat(idle.when(call(0, 0)))
        .first()
        .isInstanceOfSatisfying(
            OperationBegun.class,
            begun -> {
              assertThat(begun.operation()).isEqualTo(callAction(0));
              assertThat(begun.deadline()).isEqualTo(Given.DEADLINE);
            });
    assertThat(idle.after(call(0, 0)).service().lifecycle())
        .isEqualTo(ServiceLifecycle.REDEPLOYING);
  }

  @Test
  void givesTheBodyToTheContainersThatItDeploys() {
    var idle = Given.running(1).after(Given.trigger(REDEPLOY)).after(call(0, 0, BODY));
    assertThat(idle.when(Given.report(Given.removed(idle.container(1)))))
        .filteredOn(ContainerPlaced.class::isInstance)
        .singleElement()
        .isInstanceOfSatisfying(
            ContainerPlaced.class, placed -> assertThat(placed.variables()).contains(BODY));
  }

  @Test
  void waitsForTheOperationUnderWayAndThenBegins() {
    var waiting = redeploying();
    assertThat(waiting.when(call(0, 0))).singleElement().isInstanceOf(OperationQueued.class);
    waiting = waiting.after(call(0, 0));
    for (int i = 0; i < 4; i++) {
      assertThat(waiting.service().activity().queue()).hasSize(1);
      waiting =
          i % 2 == 0 ? waiting.after(Given.report(Given.removed(gone(waiting)))) : waiting.allRun();
    }
    assertThat(waiting.service().activity().queue()).isEmpty();
    assertThat(waiting.service().operation()).extracting("id").isEqualTo(callAction(0));
    assertThat(settled(waiting).service().lifecycle()).isEqualTo(ServiceLifecycle.RUNNING);
  }

  private static dev.slipway.model.container.Container gone(Given given) {
    return given.service().fleet().containers().stream()
        .filter(container -> container.phase().text().equals("Terminating"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void joinsARedeployThatWaitsAndTheLaterBodyHolds() {
    var waiting = redeploying().after(call(0, 0)).after(call(1, 0, BODY));
    assertThat(waiting.service().activity().queue())
        .singleElement()
        .satisfies(
            queued -> {
              assertThat(queued.id()).isEqualTo(callAction(0));
              assertThat(queued.variables()).containsExactly(BODY);
            });
  }

  @Test
  void addsUpWhatWaitsToScale() {
    var given = Given.running(1).after(Given.trigger(SCALEUP)).after(Given.redeploy());
    given = settled(given.after(call(0, 2)).after(call(1, 3)));
    assertThat(given.service().fleet().containers()).hasSize(6);
    assertThat(given.service().definitions().current().get(Attributes.TARGET_NUM_CONTAINERS))
        .isEqualTo(6);
    assertThat(given.service().lifecycle()).isEqualTo(ServiceLifecycle.RUNNING);
  }

  @Test
  void waitsForWorkOnOneContainerToo() {
    var stopping = Given.running(2).after(Given.trigger(REDEPLOY));
    stopping = stopping.after(stopping.operate(OperationKind.STOP, 1)).after(call(0, 0));
    assertThat(stopping.service().activity().queue()).hasSize(1);
    assertThat(stopping.exits(1, 0).service().operation())
        .extracting("id")
        .isEqualTo(callAction(0));
  }

  @Test
  void beginsAfterAnOperationThatWasCanceled() {
    var waiting = redeploying().after(call(0, 0));
    assertThat(waiting.when(Given.cancel()))
        .hasAtLeastOneElementOfType(OperationEnded.class)
        .hasAtLeastOneElementOfType(OperationBegun.class);
  }

  @Test
  void isRefusedAtTheEndOfItsService() {
    var leaving = Given.running(1).after(Given.trigger(REDEPLOY)).after(Given.terminate());
    assertThatThrownBy(() -> leaving.when(call(0, 0)))
        .isInstanceOf(CommandRejected.class)
        .hasMessageContaining("Terminating");
  }

  @Test
  void isGoneOnceDeleted() {
    var given = Given.running(1).after(Given.trigger(REDEPLOY)).after(Given.withoutTrigger());
    assertThatThrownBy(() -> given.when(call(0, 0)))
        .isInstanceOfSatisfying(
            CommandRejected.class,
            refused -> assertThat(refused.reason()).isEqualTo(CommandRejected.Reason.NOT_FOUND));
  }

  @Test
  void neverAsksForMoreContainersThanAServiceMayHave() {
    var given = Given.running(1).after(Given.trigger(SCALEUP));
    assertThatThrownBy(() -> given.when(call(0, 1_000)))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("at most 1000");
    var busy = given.after(Given.redeploy()).after(call(0, 600));
    assertThatThrownBy(() -> busy.when(call(1, 600))).isInstanceOf(InvalidInput.class);
  }

  @Test
  void onEveryNodeCannotScaleUp() {
    var given = Given.created(1, "deployment_strategy", "EVERY_NODE");
    assertThatThrownBy(() -> given.when(Given.trigger(SCALEUP)))
        .isInstanceOf(CommandRejected.class)
        .hasMessageContaining("EVERY_NODE");
    assertThat(given.when(Given.trigger(REDEPLOY))).hasSize(1);
  }
}
