package dev.slipway.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.agent.engine.DockerEngine;
import dev.slipway.agent.engine.EngineDefaults;
import dev.slipway.agent.engine.Found;
import dev.slipway.agent.engine.Images;
import dev.slipway.agent.engine.PullPolicy;
import dev.slipway.agent.logs.LogShipping;
import dev.slipway.agent.reconcile.Assignments;
import dev.slipway.agent.reconcile.ContainerWork;
import dev.slipway.agent.reconcile.LoopWatcher;
import dev.slipway.agent.reconcile.Pace;
import dev.slipway.agent.reconcile.ReconcileLoop;
import dev.slipway.docker.EngineConnection;
import dev.slipway.docker.SocketRelay;
import dev.slipway.model.Uuids;
import dev.slipway.model.container.Assignment.Wanted;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceId;
import dev.slipway.runtime.BackgroundTask;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * One real Engine after another at the same address, each of another version. Needs two of them,
 * with the test's image: {@code SLIPWAY_TWO_ENGINES=/first.sock:/second.sock}.
 */
@EnabledIfEnvironmentVariable(named = "SLIPWAY_TWO_ENGINES", matches = ".+:.+")
class EngineReplacedTest {

  private static final NodeId NODE = new NodeId(Uuids.random());
  private static final ServiceId WEB = new ServiceId(Uuids.random());
  private static final InstantSource CLOCK = InstantSource.system();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void containersAreNeitherLostNorDoubled() throws Exception {
    var sockets = System.getenv("SLIPWAY_TWO_ENGINES").split(":");
    try (var relay = new SocketRelay(folder.resolve("engine.sock"), Path.of(sockets[0]));
        var engine = engine(relay.host());
        var first = engine(URI.create("unix://" + sockets[0]));
        var second = engine(URI.create("unix://" + sockets[1]));
        var logs =
            new LogShipping(engine, (_, receipt) -> receipt.told(true), folder.resolve("logs"));
        var loop = loop(engine, logs)) {
      var work =
          List.of(
              BackgroundTask.every(Duration.ofMillis(200), "sweeper", loop::sweep),
              new BackgroundTask("engine-events", background -> watch(engine, loop, background)));
      loop.assignmentsComplete();
      work.forEach(BackgroundTask::start);
      try {
        assign(loop, 1, 2);
        awaitRunning(first, 2);
        relay.target(folder.resolve("nowhere.sock"));
        first.list(NODE).forEach(found -> first.remove(found.engineId()));
        await().untilAsserted(() -> assertThat(problem(engine)).contains("does not answer"));
        assign(loop, 3);
        relay.target(Path.of(sockets[1]));
        awaitRunning(second, 3);
        loop.sweep();
        assertThat(second.list(NODE)).hasSize(3);
        assertThat(first.list(NODE)).isEmpty();
        assertThat(engine.about().version()).isEqualTo(second.about().version());
      } finally {
        work.forEach(BackgroundTask::stop);
        for (var one : List.of(first, second)) {
          one.list(NODE).forEach(found -> one.remove(found.engineId()));
          one.tidy(NODE, Duration.ZERO);
        }
      }
    }
  }

  private static DockerEngine engine(URI host) {
    return new DockerEngine(new EngineConnection(host, null), EngineDefaults.SAFE);
  }

  private ReconcileLoop loop(DockerEngine engine, LogShipping logs) {
    var containers =
        new ContainerWork(
            NODE,
            engine,
            new Images(engine, PullPolicy.MISSING, CLOCK),
            _ -> {},
            folder,
            logs,
            new Pace(4, Duration.ZERO),
            CLOCK);
    return new ReconcileLoop(
        NODE, engine, new Assignments(), containers, logs, Duration.ofSeconds(30), CLOCK);
  }

  private static void watch(DockerEngine engine, ReconcileLoop loop, BackgroundTask background)
      throws Exception {
    var ended = new CountDownLatch(1);
    try (var _ = engine.watch(NODE, new LoopWatcher(loop, ended::countDown))) {
      while (background.isRunning() && ended.getCount() > 0) {
        background.pause(Duration.ofMillis(50));
      }
    }
  }

  private static String problem(DockerEngine engine) {
    return String.valueOf(new EngineHealth(engine).check().problem());
  }

  private static void assign(ReconcileLoop loop, int... slots) {
    for (int slot : slots) {
      loop.assign(Samples.assignment(NODE, WEB, slot, Wanted.RUNNING, 1));
    }
  }

  private static void awaitRunning(DockerEngine engine, int count) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(engine.list(NODE))
                    .hasSize(count)
                    .allMatch(found -> found.state() == Found.State.RUNNING));
  }
}
