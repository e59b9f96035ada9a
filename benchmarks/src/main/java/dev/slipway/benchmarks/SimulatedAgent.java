package dev.slipway.benchmarks;

import dev.slipway.agent.engine.Found;
import dev.slipway.agent.engine.Images;
import dev.slipway.agent.engine.PullPolicy;
import dev.slipway.agent.engine.SimulatedEngine;
import dev.slipway.agent.engine.Simulation;
import dev.slipway.agent.engine.Simulation.Latencies;
import dev.slipway.agent.logs.LogShipping;
import dev.slipway.agent.messaging.KafkaOutbox;
import dev.slipway.agent.reconcile.Assignments;
import dev.slipway.agent.reconcile.ContainerWork;
import dev.slipway.agent.reconcile.LoopWatcher;
import dev.slipway.agent.reconcile.Pace;
import dev.slipway.agent.reconcile.ReconcileLoop;
import dev.slipway.model.Uuids;
import dev.slipway.model.node.Heartbeat;
import dev.slipway.model.node.NodeFacts;
import dev.slipway.model.node.NodeId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** An agent as it is, but for its clients of Kafka, with an Engine that takes a real one's time. */
final class SimulatedAgent implements AutoCloseable {

  private static final Simulation SIMULATION =
      Simulation.SMOOTH.with(
          new Latencies(
              Duration.ofMillis(60),
              Duration.ofMillis(120),
              Duration.ofMillis(120),
              Duration.ofMillis(60)),
          0.5);

  private final NodeId node = new NodeId(Uuids.random());
  private final SimulatedEngine engine = new SimulatedEngine(SIMULATION);
  private final String name;
  private final KafkaOutbox outbox;
  private final LogShipping logs;
  private final ReconcileLoop loop;

  /**
   * @param folder of all agents
   */
  SimulatedAgent(String name, Path folder, KafkaOutbox outbox) {
    this.name = name;
    this.outbox = outbox;
    var own = folder.resolve(node.value());
    logs = new LogShipping(engine, outbox, own.resolve("logs"));
    var clock = InstantSource.system();
    var images = new Images(engine, PullPolicy.MISSING, clock);
    var pace = new Pace(RawEngine.PARALLEL, Duration.ZERO);
    var work = new ContainerWork(node, engine, images, outbox, own, logs, pace, clock);
    loop =
        new ReconcileLoop(
            node, engine, new Assignments(), work, logs, Duration.ofSeconds(30), clock);
    var _ = engine.watch(node, new LoopWatcher(loop, () -> {}));
  }

  NodeId node() {
    return node;
  }

  ReconcileLoop loop() {
    return loop;
  }

  void beat() {
    var facts =
        new NodeFacts(
            name,
            List.of(SimulatedAgents.TAG),
            "127.0.0.1",
            "simulated",
            engine.about().capacity(),
            true);
    outbox.send(new Heartbeat(node, Instant.now(), facts, null));
  }

  void sweep() {
    loop.sweep();
    logs.savePositions();
  }

  /** What its Engine has. */
  List<Found> containers() {
    return engine.list(node);
  }

  @Override
  public void close() {
    loop.close();
    logs.close();
  }
}
