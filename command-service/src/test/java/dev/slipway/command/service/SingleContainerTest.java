package dev.slipway.command.service;

import static dev.slipway.command.service.Given.NODE_A;
import static dev.slipway.command.service.Given.NODE_B;
import static dev.slipway.command.service.Given.OTHER_ACTION;
import static dev.slipway.command.service.Given.WEB;
import static dev.slipway.model.service.OperationKind.REDEPLOY;
import static dev.slipway.model.service.OperationKind.START;
import static dev.slipway.model.service.OperationKind.STOP;
import static dev.slipway.model.service.OperationKind.TERMINATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.container.ContainerPhase;
import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.ServiceCommand.ExpireOperation;
import dev.slipway.model.service.ServiceCommand.GiveUpNode;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ContainerOperationBegun;
import dev.slipway.model.service.ServiceEvent.ContainerOperationEnded;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.ContainerStopRequested;
import dev.slipway.model.service.ServiceLifecycle;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SingleContainerTest {

  static ContainerOperationEnded done() {
    return new ContainerOperationEnded(WEB, OTHER_ACTION, true, null);
  }

  static ContainerOperationEnded failed(String reason) {
    return new ContainerOperationEnded(WEB, OTHER_ACTION, false, reason);
  }

  /** The node says that the container of this slot ended by itself, or did as it was asked. */
  static List<ServiceEvent> ended(Given given, int slot) {
    return given.when(Given.report(Given.exited(given.container(slot), 0)));
  }

  @Test
  void stopsOneAndLeavesTheOther() {
    var running = Given.running(2);
    var stop = running.operate(STOP, 1);
    assertThat(running.when(stop))
        .containsExactly(
            new ContainerOperationBegun(
                WEB, OTHER_ACTION, STOP, stop.container(), Given.DEADLINE, true),
            new ContainerStopRequested(WEB, stop.container()));
    var stopping = running.after(stop);
    assertThat(ended(stopping, 1)).last().isEqualTo(done());
    assertThat(stopping.exits(1, 0).service().lifecycle())
        .isEqualTo(ServiceLifecycle.PARTLY_RUNNING);
  }

  @Test
  void startsWhatIsStopped() {
    var starting = Given.running(2).exits(1, 1);
    starting = starting.after(starting.operate(START, 1));
    assertThat(starting.when(Given.report(Given.runs(starting.container(1))))).contains(done());
    assertThat(starting.runs(1).service().lifecycle()).isEqualTo(ServiceLifecycle.RUNNING);
  }

  @Test
  void saysWhyAStartCameToNothing() {
    var starting = Given.running(2).exits(1, 1);
    starting = starting.after(starting.operate(START, 1));
    assertThat(starting.when(Given.report(Given.failed(starting.container(1), "port taken"))))
        .last()
        .isEqualTo(failed("web-1: port taken"));
    var node = starting.container(1).node();
    assertThat(starting.when(new GiveUpNode(WEB, node, "it was terminated", true)))
        .contains(failed("the container is gone"));
  }

  @Test
  void terminatesOneForGood() {
    var leaving = Given.running(2);
    leaving = leaving.after(leaving.operate(TERMINATE, 2));
    assertThat(leaving.service().lifecycle()).isEqualTo(ServiceLifecycle.PARTLY_RUNNING);
    assertThat(leaving.when(Given.report(Given.removed(leaving.container(2)))))
        .last()
        .isEqualTo(done());
    assertThat(leaving.isGone(2).service().fleet().containers()).hasSize(1);
  }

  @Test
  void redeploysOneOfTheNewestDefinitionWhereItsVolumesAre() {
    var running = Given.running(2).after(Given.update("memory", 64));
    var home = running.container(1).node();
    var leaving = running.after(running.operate(REDEPLOY, 1));
    var old = leaving.container(1);
    assertThat(leaving.when(Given.report(Given.removed(old))))
        .last()
        .isInstanceOfSatisfying(
            ContainerPlaced.class,
            placed -> {
              assertThat(placed.slot()).isEqualTo(1);
              assertThat(placed.generation()).isEqualTo(old.generation() + 1);
              assertThat(placed.node()).isEqualTo(home);
            });
    var placed = leaving.isGone(1);
    assertThat(placed.when(Given.report(Given.runs(placed.container(1))))).last().isEqualTo(done());
    var service = placed.runs(1).service();
    assertThat(service.definitions().matches(placed.runs(1).container(1))).isTrue();
    assertThat(service.definitions().matches(placed.runs(1).container(2))).isFalse();
  }

  @Test
  void failsARedeployThatFindsNoNodeAndOwesTheSlot() {
    var leaving = Given.running(2);
    leaving = leaving.after(leaving.operate(REDEPLOY, 1));
    var left = leaving.withNodes();
    assertThat(left.when(Given.report(Given.removed(left.container(1)))))
        .last()
        .isInstanceOfSatisfying(
            ContainerOperationEnded.class, ended -> assertThat(ended.success()).isFalse());
    var after = left.after(Given.report(Given.removed(left.container(1))));
    assertThat(after.service().fleet().owed()).containsExactly(1);
    assertThat(after.service().activity().isIdle()).isTrue();
  }

  @Test
  void ofTwoContainersMayGoOnAtOnce() {
    var running = Given.running(2);
    var both = running.after(running.operate(STOP, 1));
    assertThat(both.when(both.operate(TERMINATE, 2))).isNotEmpty();
    assertThatThrownBy(() -> both.when(both.operate(TERMINATE, 1)))
        .isInstanceOf(CommandRejected.class)
        .hasMessageContaining("its stop is under way");
  }

  @Test
  void neverGoesOnBesideWorkOnTheService() {
    var running = Given.running(2);
    var stopping = running.after(running.operate(STOP, 1));
    assertThatThrownBy(() -> stopping.when(Given.redeploy()))
        .isInstanceOf(CommandRejected.class)
        .hasMessageContaining("the stop of its container web-1 is under way");
    var redeploying = running.after(Given.redeploy());
    assertThatThrownBy(() -> redeploying.when(redeploying.operate(STOP, 2)))
        .isInstanceOf(CommandRejected.class)
        .hasMessageContaining("its service is Redeploying");
  }

  @Test
  void isRefusedOfAContainerThatIsNotThere() {
    var running = Given.running(1);
    assertThatThrownBy(() -> running.when(running.operate(STOP, 7)))
        .isInstanceOfSatisfying(
            CommandRejected.class,
            refused -> assertThat(refused.reason()).isEqualTo(CommandRejected.Reason.NOT_FOUND));
  }

  @Test
  void isRefusedWhereTheContainersStateDoesNotAllowIt() {
    var running = Given.running(1);
    assertThatThrownBy(() -> running.when(running.operate(START, 1)))
        .hasMessageContaining("it is Running; possible actions in this state: stop, redeploy,");
    var stopped = running.exits(1, 0);
    assertThatThrownBy(() -> stopped.when(stopped.operate(STOP, 1)))
        .hasMessageContaining("it is Stopped; possible actions in this state: start, redeploy,");
  }

  @ParameterizedTest
  @EnumSource(names = {"STOP", "REDEPLOY", "TERMINATE"})
  void endsAtItsDeadline(OperationKind kind) {
    var working = Given.running(1);
    working = working.after(working.operate(kind, 1));
    var late = new ExpireOperation(WEB, OTHER_ACTION);
    assertThat(working.when(late))
        .containsExactly(
            failed("the deadline has passed: web-1 is " + working.container(1).phase().text()));
    var after = working.after(late);
    assertThat(after.service().activity().isIdle()).isTrue();
    assertThat(ServiceOperations.allowedOn(after.container(1).phase()).contains(TERMINATE))
        .isEqualTo(after.container(1).phase() != ContainerPhase.TERMINATING);
  }

  @Test
  void onEveryNodePutsTheNewContainerWhereTheOldOneWas() {
    var given =
        Given.created(1, "deployment_strategy", "EVERY_NODE")
            .withNodes(NODE_A, NODE_B)
            .after(Given.start())
            .allRun();
    var home = given.container(2).node();
    var leaving = given.after(given.operate(REDEPLOY, 2));
    assertThat(leaving.when(Given.report(Given.removed(leaving.container(2)))))
        .filteredOn(ContainerPlaced.class::isInstance)
        .singleElement()
        .isInstanceOfSatisfying(
            ContainerPlaced.class, placed -> assertThat(placed.node()).isEqualTo(home));
  }
}
