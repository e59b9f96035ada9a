package dev.slipway.agent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.agent.Samples;
import dev.slipway.agent.engine.Images;
import dev.slipway.agent.engine.PullPolicy;
import dev.slipway.agent.engine.RealEngine;
import dev.slipway.agent.logs.LogShipping;
import dev.slipway.model.Uuids;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.Assignment.Wanted;
import dev.slipway.model.container.ContainerReport;
import dev.slipway.model.service.ServiceId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An agent without Kafka on the Engine of this machine, and all that it reports. */
final class RealAgent implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(20);

  final RealEngine real = RealEngine.ofThisMachine();
  final ServiceId web = new ServiceId(Uuids.random());
  final List<ContainerReport> reports = new CopyOnWriteArrayList<>();
  ReconcileLoop loop;
  private LogShipping logs;
  private AutoCloseable events;

  RealAgent(Path folder) {
    this(folder, Duration.ZERO);
  }

  /**
   * @param monitor how long a container must run before it counts as running
   */
  RealAgent(Path folder, Duration monitor) {
    begin(folder, monitor);
  }

  private void begin(Path folder, Duration monitor) {
    logs = new LogShipping(real.engine, (_, receipt) -> receipt.told(true), folder.resolve("logs"));
    var clock = InstantSource.system();
    var work =
        new ContainerWork(
            real.node,
            real.engine,
            new Images(real.engine, PullPolicy.MISSING, clock),
            reports::add,
            folder,
            logs,
            new Pace(1, Duration.ZERO, monitor),
            clock);
    loop =
        new ReconcileLoop(
            real.node, real.engine, new Assignments(), work, logs, Duration.ofHours(1), clock);
    events = real.engine.watch(real.node, new LoopWatcher(loop, () -> {}));
    loop.assignmentsComplete();
  }

  /** Ends the agent and begins with another on what it left. */
  void restart(Path folder, Duration monitor) throws Exception {
    end();
    begin(folder, monitor);
  }

  private void end() throws Exception {
    events.close();
    loop.close();
    logs.close();
  }

  Assignment wanted(int slot, Wanted wanted, long version, Object... attributes) {
    return Samples.assignment(real.node, web, slot, wanted, version, attributes);
  }

  /** Has the container started, and waits until it is reported. */
  Assignment running(int slot, Object... attributes) {
    var assignment = wanted(slot, Wanted.RUNNING, 1, attributes);
    loop.assign(assignment);
    reported(assignment, ContainerReport.Running.class, 1);
    return assignment;
  }

  /** The report of this type and number on the container. */
  <R extends ContainerReport> R reported(Assignment of, Class<R> type, int number) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(reports(of, type))
                    .as("%s of %s", type.getSimpleName(), reports)
                    .hasSizeGreaterThanOrEqualTo(number));
    return reports(of, type).get(number - 1);
  }

  <R extends ContainerReport> List<R> reports(Assignment of, Class<R> type) {
    return reports.stream()
        .filter(report -> report.container().equals(of.container()))
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  @Override
  public void close() throws Exception {
    end();
    real.close();
  }
}
