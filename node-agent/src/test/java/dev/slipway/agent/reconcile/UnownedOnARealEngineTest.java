package dev.slipway.agent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.Assignment.Wanted;
import dev.slipway.model.container.AssignmentList;
import dev.slipway.model.container.ContainerReport.Running;
import dev.slipway.model.container.SlotGeneration;
import dev.slipway.model.wire.LogStamp;
import dev.slipway.model.wire.LogTerm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A container on a real Engine that only a past knew which a restore has lost. */
class UnownedOnARealEngineTest {

  private static final LogTerm NOW = new LogTerm(3, "now");
  private static final LogStamp LOST = new LogStamp("here", 1, new LogTerm(2, "lost"), 20);

  private final RealAgent agent;
  private final Path folder;

  UnownedOnARealEngineTest(@TempDir Path folder) {
    this.folder = folder;
    agent = new RealAgent(folder);
  }

  @AfterEach
  void removeAll() throws Exception {
    agent.close();
  }

  private Assignment web(LogStamp stamp) {
    return agent.wanted(2, Wanted.RUNNING, 1).with(stamp);
  }

  private static LogStamp now(long position) {
    return new LogStamp("here", 1, NOW, position);
  }

  @Test
  void isKeptAndListedAndRunsOnWhenItIsAdoptedUntilARecordEndsIt() throws Exception {
    var lost = web(LOST);
    agent.loop.assign(lost);
    agent.reported(lost, Running.class, 1);
    var made = agent.real.engine.find(agent.real.node, lost.container()).orElseThrow();
    agent.reports.clear();
    agent.restart(folder, Duration.ZERO);

    agent.loop.accept(new AssignmentList(agent.real.node, now(5), List.of(), List.of()));
    agent.loop.sweep();
    assertThat(agent.loop.unowned())
        .singleElement()
        .satisfies(
            unowned -> {
              assertThat(unowned.service()).isEqualTo(agent.web);
              assertThat(unowned.place()).isEqualTo(new SlotGeneration(2, 1, null));
              assertThat(unowned.made()).isEqualTo(LOST);
            });

    agent.loop.assign(web(now(6)));
    var running = agent.reported(lost, Running.class, 1);
    assertThat(running.engineId()).isEqualTo(made.engineId());
    agent.loop.sweep();
    assertThat(agent.loop.unowned()).isEmpty();
    var after = agent.real.engine.find(agent.real.node, lost.container()).orElseThrow();
    assertThat(after.startedAt()).as("not started anew").isEqualTo(made.startedAt());

    agent.loop.end(List.of(lost.container()));
    await()
        .atMost(RealAgent.PATIENCE)
        .until(() -> agent.real.engine.find(agent.real.node, lost.container()).isEmpty());
  }
}
