package dev.slipway.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.slipway.agent.engine.DockerEngine;
import dev.slipway.agent.engine.EngineDefaults;
import dev.slipway.agent.engine.Images;
import dev.slipway.agent.engine.PullPolicy;
import dev.slipway.agent.logs.LogShipping;
import dev.slipway.agent.reconcile.Assignments;
import dev.slipway.agent.reconcile.ContainerWork;
import dev.slipway.agent.reconcile.LoopWatcher;
import dev.slipway.agent.reconcile.Pace;
import dev.slipway.agent.reconcile.ReconcileLoop;
import dev.slipway.docker.EngineConnection;
import dev.slipway.docker.FakeDockerServer;
import dev.slipway.docker.FakeDockerServer.Mood;
import dev.slipway.model.Uuids;
import dev.slipway.model.container.Assignment.Wanted;
import dev.slipway.model.container.ContainerReport;
import dev.slipway.model.container.ContainerReport.Created;
import dev.slipway.model.container.ContainerReport.Failed;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceId;
import dev.slipway.runtime.BackgroundTask;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** An agent whose Engine is stopped, upgraded, slow, or replaced while it works. */
class EngineFaultsTest {

  private static final NodeId NODE = new NodeId(Uuids.random());
  private static final ServiceId WEB = new ServiceId(Uuids.random());
  private static final InstantSource CLOCK = InstantSource.system();

  private final FakeDockerServer server = new FakeDockerServer("26.1.5", "1.24", "1.45");
  private final DockerEngine engine =
      new DockerEngine(new EngineConnection(server.host(), null), EngineDefaults.SAFE);
  private final EngineHealth health = new EngineHealth(engine);
  private final List<ContainerReport> reports = new CopyOnWriteArrayList<>();
  private final LogShipping logs;
  private final ReconcileLoop loop;
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final List<BackgroundTask> work;

  EngineFaultsTest(@TempDir Path folder) {
    log.start();
    ((Logger) LoggerFactory.getLogger("dev.slipway")).addAppender(log);
    logs = new LogShipping(engine, (_, receipt) -> receipt.told(true), folder.resolve("logs"));
    var containers =
        new ContainerWork(
            NODE,
            engine,
            new Images(engine, PullPolicy.ALWAYS, CLOCK),
            reports::add,
            folder,
            logs,
            new Pace(4, Duration.ZERO),
            CLOCK);
    loop =
        new ReconcileLoop(
            NODE, engine, new Assignments(), containers, logs, Duration.ofSeconds(30), CLOCK);
    work =
        List.of(
            BackgroundTask.every(Duration.ofMillis(200), "sweeper", loop::sweep),
            new BackgroundTask("engine-events", this::watch));
    loop.assignmentsComplete();
    work.forEach(BackgroundTask::start);
  }

  private void watch(BackgroundTask background) throws Exception {
    var ended = new CountDownLatch(1);
    try (var _ = engine.watch(NODE, new LoopWatcher(loop, ended::countDown))) {
      while (background.isRunning() && ended.getCount() > 0) {
        background.pause(Duration.ofMillis(50));
      }
    }
  }

  @AfterEach
  void close() {
    ((Logger) LoggerFactory.getLogger("dev.slipway")).detachAppender(log);
    work.forEach(BackgroundTask::stop);
    loop.close();
    logs.close();
    server.close();
    engine.close();
  }

  private void assign(int... slots) {
    for (int slot : slots) {
      loop.assign(Samples.assignment(NODE, WEB, slot, Wanted.RUNNING, 1));
    }
  }

  private void awaitRunning(int count) {
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(() -> assertThat(server.containers().running()).hasSize(count));
  }

  /** Neither a container nor a call that would fill the log. */
  private void nothingHasFailed() {
    assertThat(reports).noneMatch(Failed.class::isInstance);
    assertThat(log.list)
        .filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
        .allSatisfy(
            line -> {
              assertThat(line.getLoggerName()).isEqualTo(EngineHealth.class.getName());
              assertThat(line.getThrowableProxy()).isNull();
            });
  }

  @Test
  void anUpgradedEngineGetsNoContainerTwice() {
    assign(1, 2);
    awaitRunning(2);
    server.offer("28.5.2", "1.44", "1.51");
    assign(3);
    awaitRunning(3);
    server.stop();
    server.offer("29.5.0", "1.46", "1.55");
    server.start();
    assign(4);
    awaitRunning(4);
    assertThat(server.containers().created()).isEqualTo(4);
    assertThat(server.requests()).contains("POST /v1.51/containers/create");
    assertThat(health.check().version()).isEqualTo("29.5.0");
    nothingHasFailed();
  }

  @Test
  void containersWaitForAnEngineThatRefusesOurVersionsAndTheReasonIsReported() {
    assign(1);
    awaitRunning(1);
    server.offer("50.0.0", "1.60", "1.70");
    assign(2);
    await()
        .untilAsserted(
            () ->
                assertThat(health.check().problem())
                    .startsWith("refuses: Docker Engine 50.0.0 speaks API 1.60 to 1.70"));
    assertThat(health.check().version()).isEqualTo("50.0.0");
    server.offer("28.5.2", "1.44", "1.51");
    awaitRunning(2);
    assertThat(health.check().problem()).isNull();
    assertThat(server.containers().created()).isEqualTo(2);
    nothingHasFailed();
  }

  @Test
  void containersWaitWhileAnotherServerAnswersInPlaceOfTheEngine() {
    assign(1);
    awaitRunning(1);
    for (var mood : List.of(Mood.HTML, Mood.BAD_GATEWAY)) {
      server.mood(mood);
      await().untilAsserted(() -> assertThat(health.check().problem()).contains("does not answer"));
      assign(2);
    }
    server.mood(Mood.WELL);
    awaitRunning(2);
    assertThat(server.containers().created()).isEqualTo(2);
    nothingHasFailed();
  }

  @Test
  void anEngineThatStopsLosesNothing() {
    assign(1);
    awaitRunning(1);
    server.stop();
    assign(2, 3);
    await()
        .untilAsserted(() -> assertThat(health.check().problem()).endsWith("connection refused"));
    server.start();
    awaitRunning(3);
    assertThat(server.containers().created()).isEqualTo(3);
    nothingHasFailed();
  }

  @Test
  void anotherEngineInItsPlaceGetsTheContainersOnce() {
    assign(1, 2);
    awaitRunning(2);
    server.replace("second");
    awaitRunning(2);
    assertThat(server.containers().created()).isEqualTo(2);
    await()
        .untilAsserted(
            () ->
                assertThat(reports)
                    .filteredOn(Created.class::isInstance)
                    .map(report -> ((Created) report).engineId())
                    .contains("second-1", "second-2"));
    nothingHasFailed();
  }

  @Test
  void aSlowEngineDelaysNoHeartbeatAndGetsNoContainerTwice() {
    assertThat(health.check().problem()).isNull();
    server.delay(Duration.ofSeconds(13), path -> !path.endsWith("/events"));
    assign(1);
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(
            () -> {
              long begin = System.nanoTime();
              var status = health.check();
              assertThat(Duration.ofNanos(System.nanoTime() - begin))
                  .isLessThan(Duration.ofSeconds(2));
              assertThat(status.problem()).isEqualTo("has not answered for 10 s or longer");
            });
    server.delay(Duration.ZERO, _ -> false);
    await().atMost(Duration.ofSeconds(40)).until(() -> server.containers().running().size() == 1);
    assertThat(server.containers().created()).isEqualTo(1);
    await().untilAsserted(() -> assertThat(health.check().problem()).isNull());
    nothingHasFailed();
  }

  @Test
  void aRegistryThatIsAwayDelaysAllContainersOfAStartOnceAndBriefly() {
    server.containers().registryAway(Duration.ofMinutes(1));
    long begin = System.nanoTime();
    assign(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    awaitRunning(10);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
    assertThat(server.containers().pulls()).isEqualTo(1);
    assertThat(reports)
        .filteredOn(Created.class::isInstance)
        .hasSize(10)
        .allSatisfy(
            report ->
                assertThat(((Created) report).image().notPulled())
                    .isEqualTo("the registry has not answered within 2.5 s"));
  }
}
