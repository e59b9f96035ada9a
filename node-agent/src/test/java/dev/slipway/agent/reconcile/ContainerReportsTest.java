package dev.slipway.agent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agent.Samples;
import dev.slipway.agent.engine.Found;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.Assignment.Wanted;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often it is told that nothing has changed. */
class ContainerReportsTest {

  private static final NodeId NODE = new NodeId("0a000000-0000-4000-8000-00000000000a");
  private static final ServiceId WEB = new ServiceId("5e0c7d7e-0000-4000-8000-000000000001");

  private final Assignment assignment = Samples.assignment(NODE, WEB, 1, Wanted.RUNNING, 1);
  private final List<ContainerReport> sent = new ArrayList<>();
  private final ContainerReports reports;
  private Instant now = Instant.parse("2026-01-02T03:04:05Z");

  ContainerReportsTest(@TempDir Path folder) {
    reports = new ContainerReports(NODE, sent::add, new StartsDone(folder), () -> now);
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
    assertThat(reports.found(assignment, running())).isZero();
    assertThat(sent).hasSize(1);
  }

  @Test
  void whatHasNotChangedIsNotToldAgainForAWhile() {
    now = now.plus(Duration.ofSeconds(179));
    assertThat(reports.found(assignment, running())).isZero();
    assertThat(sent).hasSize(1);
    now = now.plus(Duration.ofSeconds(1));
    assertThat(reports.found(assignment, running())).isZero();
    assertThat(sent).hasSize(2).hasOnlyElementsOfType(Running.class);
  }

  @Test
  void whatHasChangedIsToldAtOnce() {
    var ended = found(Found.State.EXITED, new Found.End(1, false, null, now));
    assertThat(reports.found(assignment, ended)).isZero();
    assertThat(sent).hasSize(2).last().isInstanceOf(Exited.class);
    assertThat(reports.found(assignment, running())).isZero();
    assertThat(sent).hasSize(3);
  }

  @Test
  void whatIsWantedAnewIsToldAnew() {
    assertThat(reports.found(Samples.with(assignment, Wanted.RUNNING, 1), running())).isZero();
    assertThat(sent).hasSize(2);
  }

  @Test
  void nothingIsRememberedOfWhatIsGone() {
    reports.forget(assignment.container());
    assertThat(reports.found(assignment, running())).isZero();
    assertThat(sent).hasSize(2);
  }
}
