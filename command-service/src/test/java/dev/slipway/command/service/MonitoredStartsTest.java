package dev.slipway.command.service;

import static dev.slipway.command.service.Given.NOW;
import static dev.slipway.command.service.Given.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerCondition;
import dev.slipway.model.container.ContainerHealth;
import dev.slipway.model.container.ContainerPhase;
import dev.slipway.model.container.ContainerReport.Exited;
import dev.slipway.model.container.ContainerReport.Running;
import dev.slipway.model.container.ContainerReport.Waiting;
import dev.slipway.model.container.Restart;
import dev.slipway.model.service.Outcome;
import dev.slipway.model.service.ServiceEvent.ContainerConditionChanged;
import dev.slipway.model.service.ServiceEvent.ContainerStarted;
import dev.slipway.model.service.ServiceLifecycle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows from containers that run, but not yet for long enough to count. */
class MonitoredStartsTest {

  private static final ContainerCondition MONITORED =
      new ContainerCondition(true, null, null, false);

  private static Running runs(
      Container container, ContainerCondition condition, @Nullable Restart restart) {
    var report = Given.runs(container);
    return new Running(
        WEB,
        report.container(),
        report.node(),
        NOW,
        report.starts(),
        report.engineId(),
        report.ipAddress(),
        report.ports(),
        restart,
        NOW,
        condition);
  }

  private static Given begun(Given given, int slot) {
    return given.after(Given.report(runs(newest(given, slot), MONITORED, null)));
  }

  private static Given counts(Given given, int slot) {
    return given.after(Given.report(runs(newest(given, slot), ContainerCondition.NONE, null)));
  }

  private static Given crashes(Given given, int slot, int times) {
    var restart = new Restart(127, false, times);
    return given.after(Given.report(runs(newest(given, slot), MONITORED, restart)));
  }

  private static Given endsEarly(Given given, int slot, int exitCode) {
    var container = newest(given, slot);
    return given.after(
        Given.report(
            new Exited(
                WEB,
                container.id(),
                container.node(),
                NOW,
                container.starts(),
                exitCode,
                false,
                null,
                true)));
  }

  private static Container newest(Given given, int slot) {
    return given.service().fleet().in(slot).getLast();
  }

  private static Outcome last(Given given) {
    return Objects.requireNonNull(given.service().activity().last());
  }

  @Test
  void aStartWaitsUntilAllContainersCountAndShowsThemAsRunningMeanwhile() {
    var given = begun(begun(Given.created(2).after(Given.start()), 1), 2);
    assertThat(given.container(1).phase()).isEqualTo(ContainerPhase.RUNNING);
    assertThat(given.service().lifecycle()).isEqualTo(ServiceLifecycle.STARTING);
    given = counts(given, 1);
    assertThat(given.service().operation()).isNotNull();
    given = counts(given, 2);
    assertThat(given.service().lifecycle()).isEqualTo(ServiceLifecycle.RUNNING);
    assertThat(last(given).success()).isTrue();
  }

  @Test
  void aStartFailsWithAContainerThatEndsEarly() {
    var given = counts(begun(begun(Given.created(2).after(Given.start()), 1), 2), 2);
    given = endsEarly(given, 1, 3);
    assertThat(last(given).reason()).isEqualTo("web-1: ended with exit code 3");
    assertThat(given.container(1).phase()).isEqualTo(ContainerPhase.STOPPED);
    assertThat(given.container(2).phase()).isEqualTo(ContainerPhase.RUNNING);
  }

  @Test
  void aStartOfAJobThatEndsEarlyWithoutAnErrorSucceeds() {
    var given = endsEarly(begun(Given.created(1).after(Given.start()), 1), 1, 0);
    assertThat(last(given).success()).isTrue();
  }

  @Test
  void anEndAfterTheContainerCountedIsNoFailureOfTheStart() {
    var given = counts(begun(begun(Given.created(2).after(Given.start()), 1), 2), 1);
    given = counts(endsEarly(given, 1, 3), 2);
    assertThat(last(given).success()).isTrue();
  }

  @Test
  void oneCrashIsNoFailureIfTheContainerThenRunsForLongEnough() {
    var given = crashes(begun(Given.created(1).after(Given.start()), 1), 1, 1);
    assertThat(given.service().operation()).isNotNull();
    assertThat(last(counts(given, 1)).success()).isTrue();
  }

  @Test
  void theSecondCrashFailsTheStartAndLaterOperationsDoNotWaitForIt() {
    var given = crashes(crashes(begun(Given.created(1).after(Given.start()), 1), 1, 1), 1, 2);
    assertThat(last(given).reason()).isEqualTo("web-1: ended with exit code 127 again and again");
    assertThat(given.container(1).phase()).isEqualTo(ContainerPhase.RUNNING);
    given = given.after(Given.update("target_num_containers", 2)).after(Given.scale());
    given = counts(begun(given, 2), 2);
    assertThat(last(given).success()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"stop_first", "start_first"})
  void aRedeployReplacesNoMoreThanOneContainerByWhatCrashes(String order) {
    var given =
        Given.running(3, "autorestart", "ALWAYS", "deploy_order", order)
            .after(Given.update("run_command", "/nope"))
            .after(Given.redeploy());
    given = untilQuiet(given);
    assertThat(last(given).success()).isFalse();
    assertThat(good(given)).isEqualTo(order.equals("stop_first") ? 2 : 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stop_first", "start_first"})
  void aRedeployOfWhatCrashesIsRolledBack(String order) {
    var given =
        Given.running(3, "autorestart", "ALWAYS", "deploy_order", order, "deploy_rollback", true)
            .after(Given.update("run_command", "/nope"))
            .after(Given.redeploy());
    given = untilQuiet(given);
    assertThat(last(given).reason()).contains("again and again").contains("rolled back");
    assertThat(good(given)).isEqualTo(3);
    assertThat(given.service().isSynchronized()).isTrue();
    assertThat(given.service().lifecycle()).isEqualTo(ServiceLifecycle.RUNNING);
  }

  private static boolean isBad(Given given, Container container) {
    return "/nope".equals(given.service().definitions().of(container).find(Attributes.RUN_COMMAND));
  }

  private static long good(Given given) {
    return given.service().fleet().containers().stream()
        .filter(container -> container.isStable() && !isBad(given, container))
        .count();
  }

  /** What has the bad command crashes twice, all else runs. */
  private static Given untilQuiet(Given begun) {
    var given = begun;
    for (int i = 0; i < 60 && given.service().operation() != null; i++) {
      for (var container : given.service().fleet().containers()) {
        if (container.is(ContainerPhase.TERMINATING)) {
          given = given.after(Given.report(Given.removed(container)));
        } else if (container.isOnTrial() && isBad(given, container)) {
          given = given.after(Given.report(runs(container, MONITORED, new Restart(127, false, 2))));
        } else if (container.isOnTrial()) {
          given = given.after(Given.report(runs(container, ContainerCondition.NONE, null)));
        }
      }
    }
    return given;
  }

  @Test
  void containersThatStartOneAfterTheOtherWaitUntilTheOneBeforeCounts() {
    var given = begun(Given.created(2, "sequential_deployment", true).after(Given.start()), 1);
    assertThat(given.service().fleet().containers()).hasSize(1);
    assertThat(counts(given, 1).service().fleet().containers()).hasSize(2);
  }

  @Test
  void anAgentThatMonitorsNothingIsBelievedAtOnce() {
    var given = Given.created(1).after(Given.start()).allRun();
    assertThat(last(given).success()).isTrue();
    assertThat(given.container(1).isStable()).isTrue();
  }

  @Test
  void whatCountedIsNotMonitoredAgainWhenItIsRestarted() {
    var given = counts(begun(Given.created(1).after(Given.start()), 1), 1);
    var restarted = crashes(crashes(given, 1, 1), 1, 2);
    assertThat(restarted.container(1).isStable()).isTrue();
    assertThat(restarted.container(1).isCrashing()).isFalse();
  }

  @Nested
  class ByHand {

    private Given ended() {
      var given = Given.running(1);
      var container = given.container(1);
      return given.after(
          Given.report(
              new Exited(WEB, container.id(), container.node(), NOW, 1, 137, false, null, null)));
    }

    private Running startedAt(Container container, int seconds) {
      var report = runs(container, ContainerCondition.NONE, null);
      return new Running(
          WEB,
          report.container(),
          report.node(),
          NOW,
          report.starts(),
          report.engineId(),
          null,
          report.ports(),
          null,
          NOW.plusSeconds(seconds),
          ContainerCondition.NONE);
    }

    @Test
    void aContainerThatEndedByItselfAndIsStartedByHandRunsAgain() {
      var given = ended();
      assertThat(given.container(1).phase()).isEqualTo(ContainerPhase.STOPPED);
      var events = given.when(Given.report(startedAt(given.container(1), 1)));
      assertThat(events)
          .singleElement()
          .isInstanceOfSatisfying(
              ContainerStarted.class, started -> assertThat(started.byHand()).isTrue());
      var after = given.after(Given.report(startedAt(given.container(1), 1)));
      assertThat(after.service().lifecycle()).isEqualTo(ServiceLifecycle.RUNNING);
    }

    @Test
    void aReportFromBeforeTheEndThatComesAgainChangesNothing() {
      var given = ended();
      assertThat(given.when(Given.report(startedAt(given.container(1), -1)))).isEmpty();
      assertThat(given.when(Given.report(Given.runs(given.container(1))))).isEmpty();
    }

    @Test
    void whatAUserHasStoppedStaysStopped() {
      var given = Given.running(1).after(Given.stop());
      given = given.exits(1, 143);
      assertThat(given.when(Given.report(startedAt(given.container(1), 1)))).isEmpty();
    }
  }

  @Nested
  class Reasons {

    private Waiting waits(Container container, String reason) {
      return new Waiting(WEB, container.id(), container.node(), NOW, reason);
    }

    @Test
    void forWaitingAreKeptOnceUntilTheContainerRuns() {
      var given = Given.created(1).after(Given.start());
      var report = Given.report(waits(given.container(1), "pulling image demo/hello"));
      given = given.after(report);
      assertThat(given.container(1).condition().waiting()).isEqualTo("pulling image demo/hello");
      assertThat(given.when(report)).isEmpty();
      assertThat(given.runs(1).container(1).condition().waiting()).isNull();
    }

    @Test
    void forWaitingThatComeLateAddNothing() {
      var given = Given.running(1);
      assertThat(given.when(Given.report(waits(given.container(1), "late")))).isEmpty();
    }

    @Test
    void healthAndPauseOfARunningContainerAreKept() {
      var given = Given.running(1);
      var condition =
          new ContainerCondition(
              false,
              null,
              new ContainerHealth(ContainerHealth.Status.UNHEALTHY, "no answer"),
              true);
      var report = Given.report(runs(given.container(1), condition, null));
      assertThat(given.when(report))
          .containsExactly(new ContainerConditionChanged(WEB, given.container(1).id(), condition));
      given = given.after(report);
      assertThat(given.container(1).condition()).isEqualTo(condition);
      assertThat(given.when(report)).isEmpty();
      assertThat(given.exits(1, 1).container(1).condition()).isEqualTo(ContainerCondition.NONE);
    }
  }
}
