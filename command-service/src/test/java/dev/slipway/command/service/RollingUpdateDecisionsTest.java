package dev.slipway.command.service;

import static dev.slipway.command.service.Given.NODE_A;
import static dev.slipway.command.service.Given.WEB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.InvalidInput;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerPhase;
import dev.slipway.model.service.DeployOrder;
import dev.slipway.model.service.Outcome;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.ContainerRemovalRequested;
import dev.slipway.model.service.ServiceEvent.OperationEnded;
import dev.slipway.model.service.ServiceEvent.PlacementRefused;
import dev.slipway.model.service.ServiceEvent.RedeployRolledBack;
import dev.slipway.model.service.ServiceEvent.ServiceUpdated;
import dev.slipway.model.service.ServiceLifecycle;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a redeploy replaces containers: in which order, how many at a time, and back again. */
class RollingUpdateDecisionsTest {

  /** All that is asked of nodes is done, once. */
  static Given step(Given given) {
    var now = given;
    for (var container : given.service().fleet().containers()) {
      if (container.is(ContainerPhase.TERMINATING)) {
        now = now.after(Given.report(Given.removed(container)));
      }
      if (container.is(ContainerPhase.STARTING)) {
        now = now.after(Given.report(Given.runs(container)));
      }
    }
    return now;
  }

  static Given settled(Given given) {
    var now = given;
    for (int i = 0; i < 100 && !now.service().activity().isIdle(); i++) {
      now = step(now);
    }
    return now;
  }

  static long running(Given given) {
    return given.service().fleet().count(ContainerPhase.RUNNING);
  }

  static Container newest(Given given) {
    return given.service().fleet().containers().stream()
        .filter(container -> container.is(ContainerPhase.STARTING))
        .findFirst()
        .orElseThrow();
  }

  static boolean isNew(Given given) {
    return given.service().fleet().containers().stream()
        .allMatch(given.service().definitions()::matches);
  }

  @Nested
  class StartingFirst {

    final Given redeploying =
        Given.running(3, "deploy_order", "start_first")
            .after(Given.update("memory", 64))
            .after(Given.redeploy());

    @Test
    void neverHasFewerThatRunThanBefore() {
      var now = redeploying;
      for (int i = 0; i < 100 && now.service().operation() != null; i++) {
        assertThat(running(now)).isGreaterThanOrEqualTo(3);
        assertThat(now.service().fleet().containers().size()).isLessThanOrEqualTo(4);
        now = step(now);
      }
      assertThat(now.service().lifecycle()).isEqualTo(ServiceLifecycle.RUNNING);
      assertThat(now.service().fleet().containers()).hasSize(3);
      assertThat(isNew(now)).isTrue();
    }

    @Test
    void removesTheOldOneOnlyWhenItsSuccessorRuns() {
      var fresh = newest(redeploying);
      assertThat(redeploying.when(Given.report(Given.runs(fresh))))
          .filteredOn(ContainerRemovalRequested.class::isInstance)
          .singleElement()
          .isEqualTo(
              new ContainerRemovalRequested(
                  WEB, redeploying.service().fleet().in(fresh.slot()).getFirst().id()));
    }

    @Test
    void leavesEverythingRunningWhenTheNewOneFails() {
      var failed = Given.report(Given.failed(newest(redeploying), "not healthy"));
      assertThat(redeploying.when(failed))
          .last()
          .isEqualTo(new OperationEnded(WEB, Given.asked().action(), false, "web-1: not healthy"));
      var after = redeploying.after(failed);
      assertThat(running(after)).isEqualTo(3);
      assertThat(after.service().lifecycle()).isEqualTo(ServiceLifecycle.RUNNING);
    }

    @Test
    void saysThatAFixedPortIsTakenByTheOldOne() {
      var ports = List.of(Map.of("protocol", "tcp", "inner_port", 80, "outer_port", 8080));
      var given =
          Given.created(1, "deploy_order", "start_first", "container_ports", ports)
              .withNodes(NODE_A)
              .after(Given.start())
              .allRun();
      assertThat(given.when(Given.redeploy()))
          .hasAtLeastOneElementOfType(PlacementRefused.class)
          .hasAtLeastOneElementOfType(OperationEnded.class);
      assertThat(running(given.after(Given.redeploy()))).isEqualTo(1);
    }

    @Test
    void thatIsCanceledLeavesOneInEachSlotInTheEnd() {
      var canceled = redeploying.after(Given.cancel());
      assertThat(canceled.service().fleet().containers()).hasSize(4);
      var ran = canceled.after(Given.report(Given.runs(newest(canceled))));
      var gone = step(ran);
      assertThat(gone.service().fleet().containers()).hasSize(3);
      assertThat(running(gone)).isEqualTo(3);
    }

    @Test
    void isNotForOneContainerOnEveryNode() {
      assertThatThrownBy(
              () ->
                  Given.created(
                      1, "deployment_strategy", "EVERY_NODE", "deploy_order", "start_first"))
          .isInstanceOf(InvalidInput.class)
          .hasMessageContaining("deploy_order");
    }
  }

  @Nested
  class OfVolumes {

    @ParameterizedTest
    @EnumSource
    void areNewOnesOnlyWhereThoseOfBeforeAreNotReused(DeployOrder order) {
      var first = Given.running(1, "deploy_order", order.text());
      assertThat(first.container(1).data()).isNull();
      var reused = settled(first.after(Given.redeploy()));
      assertThat(reused.container(1).data()).isNull();
      var renewed = settled(reused.after(Given.redeployWithEmptyVolumes()));
      assertThat(renewed.container(1).data()).isEqualTo(3);
      var kept = settled(renewed.after(Given.redeploy()));
      assertThat(kept.container(1).generation()).isEqualTo(4);
      assertThat(kept.container(1).data()).isEqualTo(3);
    }

    @Test
    void areTheFirstOnesWhereNoneCameBefore() {
      var given = settled(Given.created(1).after(Given.redeployWithEmptyVolumes()));
      assertThat(given.container(1).data()).isNull();
    }
  }

  /** New containers that end by themselves, without their node having anything to say of it. */
  @Nested
  class OfWhatEndsAtOnce {

    Given redeploying(DeployOrder order, Object... attributes) {
      return Given.running(3, attributes)
          .after(Given.update("deploy_order", order.text()))
          .after(Given.update("memory", 64))
          .after(Given.redeploy());
    }

    /** Every new container ends with the code as soon as it runs. */
    Given atTheEnd(Given given, int exitCode) {
      var now = given;
      for (int i = 0; i < 100 && !isQuiet(now); i++) {
        for (var container : now.service().fleet().containers()) {
          var memory = now.service().definitions().of(container).find(Attributes.MEMORY);
          if (container.is(ContainerPhase.STARTING) && memory != null) {
            now = now.after(Given.report(Given.exited(container, exitCode)));
          }
        }
        now = step(now);
      }
      return now;
    }

    static boolean isQuiet(Given given) {
      return given.service().operation() == null
          && given.service().fleet().count(ContainerPhase.TERMINATING) == 0;
    }

    static Outcome last(Given given) {
      return Objects.requireNonNull(given.service().activity().last());
    }

    @Test
    void failsAndLeavesTheOthersAlone() {
      var end = atTheEnd(redeploying(DeployOrder.STOP_FIRST), 3);
      assertThat(last(end).success()).isFalse();
      assertThat(last(end).reason()).isEqualTo("web-1: ended with exit code 3");
      assertThat(running(end)).isEqualTo(2);
      assertThat(end.container(1).is(ContainerPhase.STOPPED)).isTrue();
    }

    @Test
    void failsAndLeavesOnlyTheOldOnesWhereTheyGoLast() {
      var end = atTheEnd(redeploying(DeployOrder.START_FIRST), 1);
      assertThat(last(end).reason()).isEqualTo("web-1: ended with exit code 1");
      assertThat(end.service().fleet().containers())
          .hasSize(3)
          .allMatch(container -> container.is(ContainerPhase.RUNNING))
          .allMatch(container -> container.generation() == 1);
    }

    @Test
    void failsAlsoWhenItRanForAWhile() {
      var now = step(redeploying(DeployOrder.STOP_FIRST));
      var fresh = newest(now);
      now = now.after(Given.report(Given.runs(fresh), Given.exited(fresh, 1)));
      assertThat(last(now).success()).isFalse();
      assertThat(running(now)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void goesBackToWhatWasGoodIfAsked(DeployOrder order) {
      var end = atTheEnd(redeploying(order, "deploy_rollback", true), 1);
      assertThat(last(end).reason()).isEqualTo("web-1: ended with exit code 1; rolled back");
      assertThat(end.service().definitions().current().find(Attributes.MEMORY)).isNull();
      assertThat(end.service().fleet().containers())
          .hasSize(3)
          .allMatch(container -> container.is(ContainerPhase.RUNNING));
      assertThat(isNew(end)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void isWellWhereAJobHasDoneItsWork(DeployOrder order) {
      var end = atTheEnd(redeploying(order), 0);
      assertThat(last(end).success()).isTrue();
      assertThat(end.service().fleet().containers())
          .hasSize(3)
          .allMatch(container -> container.is(ContainerPhase.STOPPED))
          .allMatch(container -> container.generation() == 2);
    }

    @Test
    void doesNotBlameWhatWasThereBefore() {
      var now = redeploying(DeployOrder.START_FIRST);
      now = now.after(Given.report(Given.exited(now.service().fleet().in(3).getFirst(), 1)));
      assertThat(last(atTheEnd(now, 0)).success()).isTrue();
    }

    @Test
    void leavesOneToStartWhereBothOfASlotHaveEnded() {
      var now = redeploying(DeployOrder.START_FIRST).after(Given.cancel());
      var both = now.service().fleet().in(1);
      assertThat(both).hasSize(2);
      now = now.after(Given.report(Given.exited(both.get(0), 1), Given.exited(both.get(1), 1)));
      assertThat(now.service().fleet().in(1))
          .extracting(Container::phase)
          .containsExactly(ContainerPhase.TERMINATING, ContainerPhase.STOPPED);
    }
  }

  @Nested
  class InBatches {

    @Test
    void takesSoManyAtATimeAndTheRestAfterwards() {
      var given = Given.running(5, "deploy_batch", 2).after(Given.redeploy());
      assertThat(given.service().fleet().count(ContainerPhase.TERMINATING)).isEqualTo(2);
      assertThat(running(given)).isEqualTo(3);
      var done = settled(given);
      assertThat(done.service().fleet().containers()).hasSize(5);
      assertThat(done.service().lifecycle()).isEqualTo(ServiceLifecycle.RUNNING);
    }

    @Test
    void startsSoManyFirst() {
      var given = Given.running(5, "deploy_batch", 2, "deploy_order", "start_first");
      assertThat(given.when(Given.redeploy()))
          .filteredOn(ContainerPlaced.class::isInstance)
          .hasSize(2);
      var done = settled(given.after(Given.redeploy()));
      assertThat(done.service().fleet().containers())
          .hasSize(5)
          .allMatch(container -> container.generation() == 2);
    }
  }

  @Nested
  class RollingBack {

    Given bad(Object... attributes) {
      var given = Given.running(2, attributes).after(Given.update("deploy_rollback", true));
      return given.after(Given.update("memory", 64)).after(Given.redeploy());
    }

    /** Every container of the bad definition fails, all others run. */
    Given atTheEnd(Given given) {
      var now = given;
      for (int i = 0; i < 100 && now.service().operation() != null; i++) {
        for (var container : now.service().fleet().containers()) {
          var memory = now.service().definitions().of(container).find(Attributes.MEMORY);
          if (container.is(ContainerPhase.STARTING) && memory != null) {
            now = now.after(Given.report(Given.failed(container, "not healthy")));
          }
        }
        now = step(now);
      }
      return now;
    }

    @Test
    void putsTheDefinitionBackAndWhatWasTakenAwayToo() {
      var bad = bad();
      var gone = step(bad);
      var failed = Given.report(Given.failed(newest(gone), "not healthy"));
      assertThat(gone.when(failed))
          .<Class<?>>extracting(ServiceEvent::getClass)
          .containsSubsequence(
              ServiceUpdated.class, RedeployRolledBack.class, ContainerPlaced.class);
      var after = settled(gone.after(failed));
      assertThat(after.service().definitions().current().find(Attributes.MEMORY)).isNull();
      assertThat(after.service().lifecycle()).isEqualTo(ServiceLifecycle.RUNNING);
      assertThat(isNew(after)).isTrue();
    }

    @Test
    void saysAtItsEndThatItFailedAndWhy() {
      var end = atTheEnd(bad("deploy_order", "start_first")).service().activity().last();
      assertThat(end).isNotNull();
      assertThat(end.success()).isFalse();
      assertThat(end.reason()).isEqualTo("web-1: not healthy; rolled back");
    }

    @Test
    void replacesAlsoWhatWasReplacedAlready() {
      var given = bad("deploy_order", "start_first");
      var first = step(step(given)); // web-1 is of the new definition, and runs
      var failed = first.after(Given.report(Given.failed(newest(first), "not healthy")));
      assertThat(failed.service().operation()).isNotNull();
      var after = settled(failed);
      assertThat(isNew(after)).isTrue();
      assertThat(after.service().definitions().current().find(Attributes.MEMORY)).isNull();
      assertThat(after.service().fleet().containers()).hasSize(2);
    }

    @Test
    void isDoneOnce() {
      var gone = step(bad());
      var failed = gone.after(Given.report(Given.failed(newest(gone), "not healthy")));
      var again = failed.after(Given.report(Given.failed(newest(failed), "no space left")));
      assertThat(again.service().activity().last()).isNotNull();
      assertThat(again.service().activity().last().reason())
          .isEqualTo("web-1: not healthy; rolled back; web-1: no space left");
    }

    @Test
    void isLeftAloneWhereNothingWasGoodBefore() {
      var given = Given.created(1).after(Given.update("deploy_rollback", true));
      var first = given.after(Given.redeploy());
      assertThat(first.when(Given.report(Given.failed(newest(first), "no such image"))))
          .noneMatch(RedeployRolledBack.class::isInstance);
    }
  }
}
