package dev.slipway.agent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agent.Samples;
import dev.slipway.agent.engine.Found;
import dev.slipway.agent.engine.RealEngine;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.Assignment.Wanted;
import dev.slipway.model.container.ContainerReport.Exited;
import dev.slipway.model.container.ContainerReport.Failed;
import dev.slipway.model.container.ContainerReport.Removed;
import dev.slipway.model.container.ContainerReport.Running;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent on the Engine of this machine while people work on that Engine too. */
class ChangedByHandTest {

  private final RealAgent agent;
  private final RealEngine real;

  ChangedByHandTest(@TempDir Path folder) {
    agent = new RealAgent(folder);
    real = agent.real;
  }

  @AfterEach
  void removeAll() throws Exception {
    agent.close();
  }

  private void rename(String engineId, String name) {
    real.docker.renameContainerCmd(engineId).withName(name).exec();
  }

  private String engineId(Assignment assignment) {
    return real.found(assignment).engineId();
  }

  private Found.State state(String engineId) {
    return real.engine.list(real.node).stream()
        .filter(found -> found.engineId().equals(engineId))
        .map(Found::state)
        .findFirst()
        .orElseThrow();
  }

  private void removeNetworkOf(Assignment assignment) {
    var mode = real.inspect(assignment).getHostConfig().getNetworkMode();
    var _ = real.docker.removeNetworkCmd(String.valueOf(mode)).exec();
  }

  private List<String> aliases(Assignment assignment) {
    return real.inspect(assignment).getNetworkSettings().getNetworks().values().stream()
        .flatMap(network -> Stream.ofNullable(network.getAliases()).flatMap(List::stream))
        .toList();
  }

  @Test
  void aRenamedContainerIsTheSameContainer() {
    var assignment = agent.running(1);
    var engineId = engineId(assignment);
    rename(engineId, "renamed-" + engineId.substring(0, 12));
    agent.loop.sweep();
    agent.loop.assign(Samples.with(assignment, Wanted.STOPPED, 1));
    agent.reported(assignment, Exited.class, 1);
    assertThat(state(engineId)).isEqualTo(Found.State.EXITED);
    agent.loop.assign(agent.wanted(1, Wanted.REMOVED, 3));
    agent.reported(assignment, Removed.class, 1);
    assertThat(real.engine.list(real.node)).isEmpty();
  }

  @Test
  void theEndOfARenamedContainerIsReportedWithItsExitCode() {
    var assignment = agent.running(1);
    var engineId = engineId(assignment);
    rename(engineId, "renamed-" + engineId.substring(0, 12));
    real.docker.killContainerCmd(engineId).exec();
    assertThat(agent.reported(assignment, Exited.class, 1).exitCode()).isEqualTo(137);
    assertThat(real.engine.list(real.node)).hasSize(1);
  }

  @Test
  void ofTwoContainersWithSwappedNamesTheOneThatIsMeantIsStopped() {
    var first = agent.running(1);
    var second = agent.running(2);
    var firstId = engineId(first);
    var secondId = engineId(second);
    rename(firstId, "swap-" + firstId.substring(0, 12));
    rename(secondId, RealEngine.name(first));
    rename(firstId, RealEngine.name(second));
    agent.loop.assign(Samples.with(first, Wanted.STOPPED, 1));
    agent.reported(first, Exited.class, 1);
    assertThat(state(firstId)).isEqualTo(Found.State.EXITED);
    assertThat(state(secondId)).isEqualTo(Found.State.RUNNING);
  }

  @Test
  void aContainerIsStartedAgainInANetworkThatWasRemovedMeanwhile() {
    var assignment = agent.running(1);
    agent.loop.assign(Samples.with(assignment, Wanted.STOPPED, 1));
    agent.reported(assignment, Exited.class, 1);
    removeNetworkOf(assignment);
    agent.loop.assign(Samples.with(agent.wanted(1, Wanted.RUNNING, 2), Wanted.RUNNING, 2));
    agent.reported(assignment, Running.class, 2);
    assertThat(real.found(assignment).ipAddress()).isNotNull();
    assertThat(agent.reports(assignment, Exited.class)).hasSize(1);
    assertThat(aliases(assignment)).contains("web", "web-1");
  }

  @Test
  void aContainerIsMadeInANetworkThatWasRemovedMeanwhile() {
    var first = agent.running(1);
    agent.loop.assign(Samples.with(first, Wanted.STOPPED, 1));
    agent.reported(first, Exited.class, 1);
    removeNetworkOf(first);
    var second = agent.running(2);
    assertThat(real.found(second).ipAddress()).isNotNull();
    assertThat(agent.reports).noneMatch(Failed.class::isInstance);
  }
}
