package dev.slipway.agent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agent.Samples;
import dev.slipway.agent.engine.Found;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.Assignment.Wanted;
import dev.slipway.model.container.ContainerCondition;
import dev.slipway.model.container.ContainerHealth;
import dev.slipway.model.container.ContainerHealth.Status;
import dev.slipway.model.container.ContainerReport;
import dev.slipway.model.container.ContainerReport.Exited;
import dev.slipway.model.container.ContainerReport.Running;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often it is told that nothing has changed. */
class ContainerReportsTest {

  private static final NodeId NODE = new NodeId("0a000000-0000-4000-8000-00000000000a");
  private static final ServiceId WEB = new ServiceId("5e0c7d7e-0000-4000-8000-000000000001");

  private static final Duration MONITOR = Duration.ofSeconds(3);

  private final Assignment assignment = Samples.assignment(NODE, WEB, 1, Wanted.RUNNING, 1);
  private final List<ContainerReport> sent = new ArrayList<>();
  private final ContainerReports reports;
  private Instant now = Instant.parse("2026-01-02T03:04:05Z");

  ContainerReportsTest(@TempDir Path folder) {
    reports = new ContainerReports(NODE, sent::add, new StartsDone(folder), MONITOR, () -> now);
  }

  private Found running() {
    return found(Found.State.RUNNING, null);
  }

  private Found found(Found.State state, Found.@Nullable End end) {
    var labels = new Found.Labels(assignment.container(), WEB, NODE, "web-1");
    return new Found(labels, "e1", state, null, List.of(), end);
  }

  @BeforeEach
  void isToldOnce() {
    assertThat(reports.found(assignment, running(), false)).isZero();
    assertThat(sent).hasSize(1);
  }

  @Test
  void whatHasNotChangedIsNotToldAgainForAWhile() {
    now = now.plus(Duration.ofSeconds(179));
    assertThat(reports.found(assignment, running(), false)).isZero();
    assertThat(sent).hasSize(1);
    now = now.plus(Duration.ofSeconds(1));
    assertThat(reports.found(assignment, running(), false)).isZero();
    assertThat(sent).hasSize(2).hasOnlyElementsOfType(Running.class);
  }

  @Test
  void whatHasChangedIsToldAtOnce() {
    var ended = found(Found.State.EXITED, new Found.End(1, false, null, now));
    assertThat(reports.found(assignment, ended, false)).isZero();
    assertThat(sent).hasSize(2).last().isInstanceOf(Exited.class);
    assertThat(reports.found(assignment, running(), false)).isZero();
    assertThat(sent).hasSize(3);
  }

  @Test
  void whatIsWantedAnewIsToldAnew() {
    assertThat(reports.found(Samples.with(assignment, Wanted.RUNNING, 1), running(), false))
        .isZero();
    assertThat(sent).hasSize(2);
  }

  @Test
  void nothingIsRememberedOfWhatIsGone() {
    reports.forget(assignment.container());
    assertThat(reports.found(assignment, running(), false)).isZero();
    assertThat(sent).hasSize(2);
  }

  private Found running(@Nullable ContainerHealth health, boolean paused) {
    var found = running();
    return new Found(
        found.labels(),
        found.engineId(),
        found.state(),
        null,
        List.of(),
        null,
        null,
        now.minusSeconds(60),
        health,
        paused);
  }

  private Found startedAt(Instant started, Found.@Nullable End end) {
    var found = found(end == null ? Found.State.RUNNING : Found.State.EXITED, end);
    return new Found(
        found.labels(), "e2", found.state(), null, List.of(), end, null, started, null, false);
  }

  private Running last() {
    return (Running) sent.getLast();
  }

  private boolean monitored() {
    return Objects.requireNonNull(last().condition()).monitored();
  }

  @Test
  void whatWasStartedIsReportedAtOnceAndAgainWhenItHasRunForLongEnough() {
    var started = now;
    now = now.plusSeconds(1);
    assertThat(reports.found(assignment, startedAt(started, null), false))
        .isEqualTo(Duration.ofSeconds(2));
    assertThat(monitored()).isTrue();
    assertThat(last().startedAt()).isEqualTo(started);
    now = now.plusSeconds(2);
    assertThat(reports.found(assignment, startedAt(started, null), false)).isZero();
    assertThat(monitored()).isFalse();
    assertThat(sent).hasSize(3);
  }

  @Test
  void whatHasRunForLongEnoughWhenAnAgentBeginsCountsAtOnce() {
    assertThat(reports.found(assignment, startedAt(now.minusSeconds(3), null), false)).isZero();
    assertThat(monitored()).isFalse();
  }

  @Test
  void whatHasPassedACheckCountsAtOnce() {
    assertThat(reports.found(assignment, startedAt(now, null), true)).isZero();
    assertThat(monitored()).isFalse();
  }

  @Test
  void anEngineWhoseClockIsAheadDelaysNothingForLong() {
    var started = now.plus(Duration.ofHours(1));
    assertThat(reports.found(assignment, startedAt(started, null), false)).isEqualTo(MONITOR);
    now = now.plus(MONITOR);
    assertThat(reports.found(assignment, startedAt(started, null), false)).isZero();
    assertThat(monitored()).isFalse();
  }

  @Test
  void anEndIsEarlyIfItCameBeforeTheContainerCounted() {
    var early = startedAt(now, new Found.End(1, false, null, now.plusSeconds(2)));
    assertThat(reports.found(assignment, early, false)).isZero();
    assertThat(((Exited) sent.getLast()).early()).isTrue();
    var late = startedAt(now, new Found.End(1, false, null, now.plusSeconds(3)));
    assertThat(reports.found(assignment, late, false)).isZero();
    assertThat(((Exited) sent.getLast()).early()).isNull();
  }

  @Test
  void whatWasNeverStartedHasNoExitCode() {
    assertThat(reports.found(assignment, found(Found.State.CREATED, null), false)).isZero();
    assertThat(((Exited) sent.getLast()).exitCode()).isNull();
  }

  @Test
  void healthThatChangesToAndFroIsReportedLessAndLessOften() {
    int changes = 0;
    for (int second = 0; second < 600; second++) {
      now = now.plusSeconds(1);
      var status = second % 2 == 0 ? Status.UNHEALTHY : Status.HEALTHY;
      var found = running(new ContainerHealth(status, "at " + now), false);
      var steady =
          new Found(
              found.labels(),
              "e3",
              found.state(),
              null,
              List.of(),
              null,
              null,
              Instant.EPOCH,
              found.health(),
              false);
      if (reports.found(assignment, steady, false).isZero()) {
        changes++;
      }
    }
    assertThat(sent.size()).isBetween(5, 15);
    assertThat(changes).isLessThan(320);
  }

  @Test
  void theOutputOfACheckAloneIsNoNews() {
    var unhealthy = new ContainerHealth(Status.UNHEALTHY, "at 1");
    assertThat(reports.found(assignment, running(unhealthy, false), false)).isZero();
    int before = sent.size();
    var again = running(new ContainerHealth(Status.UNHEALTHY, "at 2"), false);
    assertThat(reports.found(assignment, again, false)).isZero();
    assertThat(sent).hasSize(before);
    assertThat(last().condition()).isEqualTo(new ContainerCondition(false, null, unhealthy, false));
  }

  @Test
  void aPausedContainerIsReported() {
    assertThat(reports.found(assignment, running(null, false), false)).isZero();
    assertThat(reports.found(assignment, running(null, true), false)).isZero();
    assertThat(Objects.requireNonNull(last().condition()).paused()).isTrue();
  }
}
