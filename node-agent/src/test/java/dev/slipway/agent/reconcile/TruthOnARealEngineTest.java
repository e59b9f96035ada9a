package dev.slipway.agent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.agent.Samples;
import dev.slipway.agent.engine.Found;
import dev.slipway.agent.engine.RealEngine;
import dev.slipway.model.Uuids;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.Assignment.Wanted;
import dev.slipway.model.container.ContainerCondition;
import dev.slipway.model.container.ContainerHealth;
import dev.slipway.model.container.ContainerReport.Exited;
import dev.slipway.model.container.ContainerReport.Running;
import dev.slipway.model.container.ContainerReport.Waiting;
import dev.slipway.model.container.Restart;
import dev.slipway.model.service.ServiceId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an agent reports of containers beyond that they were started. */
class TruthOnARealEngineTest {

  private static final Duration MONITOR = Duration.ofSeconds(2);

  private final RealAgent agent;
  private final RealEngine real;
  private final Path folder;

  TruthOnARealEngineTest(@TempDir Path folder) {
    this.folder = folder;
    agent = new RealAgent(folder, MONITOR);
    real = agent.real;
  }

  @AfterEach
  void removeAll() throws Exception {
    agent.close();
  }

  private static ContainerCondition condition(Running running) {
    return Objects.requireNonNull(running.condition());
  }

  private Running awaitRunning(
      Assignment of, java.util.function.Predicate<ContainerCondition> how) {
    await()
        .atMost(RealAgent.PATIENCE)
        .until(
            () ->
                agent.reports(of, Running.class).stream()
                    .anyMatch(running -> how.test(condition(running))));
    return agent.reports(of, Running.class).stream()
        .filter(running -> how.test(condition(running)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aContainerIsReportedAsStartedAtOnceAndCountsWhenItHasRunForAWhile() {
    var assignment = agent.running(1);
    var first = agent.reported(assignment, Running.class, 1);
    assertThat(condition(first).monitored()).isTrue();
    var second = agent.reported(assignment, Running.class, 2);
    assertThat(condition(second).monitored()).isFalse();
    assertThat(second.at()).isAfter(Objects.requireNonNull(second.startedAt()).plus(MONITOR));
  }

  @Test
  void anAgentThatBeginsAgainKnowsThatAContainerCounts() throws Exception {
    var assignment = agent.running(1);
    agent.reported(assignment, Running.class, 2);
    agent.reports.clear();
    agent.restart(folder, MONITOR);
    agent.loop.assign(assignment);
    assertThat(condition(agent.reported(assignment, Running.class, 1)).monitored()).isFalse();
  }

  @Test
  void aContainerThatEndsSoonEndsEarly() {
    var assignment = agent.wanted(1, Wanted.RUNNING, 1, "run_command", "sh -c 'exit 3'");
    agent.loop.assign(assignment);
    var exited = agent.reported(assignment, Exited.class, 1);
    assertThat(exited.exitCode()).isEqualTo(3);
    assertThat(exited.early()).isTrue();
  }

  @Test
  void aContainerThatItsEngineRestartsAgainAndAgainNeverCounts() {
    var assignment =
        agent.wanted(1, Wanted.RUNNING, 1, "run_command", "/nope", "autorestart", "ALWAYS");
    agent.loop.assign(assignment);
    await()
        .atMost(RealAgent.PATIENCE)
        .until(
            () ->
                agent.reports(assignment, Running.class).stream()
                    .map(Running::restart)
                    .filter(Objects::nonNull)
                    .map(Restart::times)
                    .anyMatch(times -> times != null && times >= 2));
    assertThat(agent.reports(assignment, Running.class))
        .allMatch(running -> condition(running).monitored());
  }

  @Test
  void theHealthOfTheImagesOwnCheckIsReported() throws Exception {
    var image =
        real.build(
            folder,
            "HEALTHCHECK --interval=1s --retries=1 CMD test ! -e /ill || (echo it is ill; exit 1)");
    var assignment = agent.running(1, "image", image);
    awaitRunning(assignment, one -> is(one, ContainerHealth.Status.HEALTHY));
    real.run(assignment, "sh", "-c", "echo > /ill");
    var ill = awaitRunning(assignment, one -> is(one, ContainerHealth.Status.UNHEALTHY));
    assertThat(Objects.requireNonNull(condition(ill).health()).output()).isEqualTo("it is ill");
  }

  private static boolean is(ContainerCondition condition, ContainerHealth.Status status) {
    return condition.health() != null && condition.health().status() == status;
  }

  @Test
  void aPausedContainerIsReportedAndSoIsItsEnd() {
    var assignment = agent.running(1);
    var engineId = real.found(assignment).engineId();
    real.docker.pauseContainerCmd(engineId).exec();
    awaitRunning(assignment, ContainerCondition::paused);
    real.docker.unpauseContainerCmd(engineId).exec();
    await()
        .atMost(RealAgent.PATIENCE)
        .until(() -> !condition(agent.reports(assignment, Running.class).getLast()).paused());
  }

  @Test
  void aContainerThatWasNeverStartedHasNoExitCode() {
    var assignment = agent.wanted(1, Wanted.STOPPED, 1);
    agent.loop.assign(assignment);
    assertThat(agent.reported(assignment, Exited.class, 1).exitCode()).isNull();
  }

  @Test
  void aSourceOfVolumesThatIsMissingIsReportedOnce() {
    var source = new ServiceId(Uuids.random());
    var assignment =
        agent.wanted(
            1,
            Wanted.RUNNING,
            1,
            "bindings",
            List.of(Map.of("volumes_from", source.value(), "rewritable", true)));
    agent.loop.assign(assignment);
    assertThat(agent.reported(assignment, Waiting.class, 1).reason())
        .isEqualTo("volumes_from: there is no container of service " + source + " on this node");
    await()
        .during(Duration.ofSeconds(7))
        .atMost(RealAgent.PATIENCE)
        .until(() -> agent.reports(assignment, Waiting.class).size() == 1);
  }

  @Test
  void aContainerThatEndedByItselfMayBeStartedByHand() {
    var assignment = agent.running(1);
    var engineId = real.found(assignment).engineId();
    real.docker.killContainerCmd(engineId).exec();
    agent.reported(assignment, Exited.class, 1);
    agent.loop.assign(byHand(Samples.with(assignment, Wanted.STOPPED, 1)));
    int before = agent.reports(assignment, Running.class).size();
    real.docker.startContainerCmd(engineId).exec();
    agent.reported(assignment, Running.class, before + 1);
    assertThat(real.found(assignment).state()).isEqualTo(Found.State.RUNNING);
  }

  @Test
  void aContainerThatAUserHasStoppedIsStoppedAgain() {
    var assignment = agent.running(1);
    var engineId = real.found(assignment).engineId();
    agent.loop.assign(Samples.with(assignment, Wanted.STOPPED, 1));
    agent.reported(assignment, Exited.class, 1);
    real.docker.startContainerCmd(engineId).exec();
    agent.reported(assignment, Exited.class, 2);
    assertThat(real.found(assignment).state()).isEqualTo(Found.State.EXITED);
  }

  private static Assignment byHand(Assignment one) {
    return new Assignment(
        one.container(),
        one.service(),
        one.node(),
        one.wanted(),
        one.starts(),
        one.version(),
        one.spec(),
        null,
        true,
        null,
        null);
  }
}
