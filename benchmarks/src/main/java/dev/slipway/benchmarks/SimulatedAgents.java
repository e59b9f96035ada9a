package dev.slipway.benchmarks;

import dev.slipway.agent.engine.Engine;
import dev.slipway.agent.engine.Found;
import dev.slipway.agent.engine.Images;
import dev.slipway.agent.engine.PullPolicy;
import dev.slipway.agent.engine.SimulatedEngine;
import dev.slipway.agent.logs.LogShipping;
import dev.slipway.agent.messaging.KafkaOutbox;
import dev.slipway.agent.reconcile.Assignments;
import dev.slipway.agent.reconcile.ContainerWork;
import dev.slipway.agent.reconcile.Pace;
import dev.slipway.agent.reconcile.ReconcileLoop;
import dev.slipway.model.Uuids;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.Heartbeat;
import dev.slipway.model.node.NodeFacts;
import dev.slipway.model.node.NodeFacts.Capacity;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.wire.Topics;
import dev.slipway.model.wire.Wire;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Many agents in one process, each with its own reconcile loop and a simulated Engine. Unlike real
 * ones they share one reader of assignments and one outbox: their clients of Kafka would not fit.
 */
final class SimulatedAgents implements AutoCloseable {

  static final String TAG = "simulated-fleet";
  private static final Duration BETWEEN_HEARTBEATS = Duration.ofSeconds(2);
  private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(10);

  private record Agent(String name, ReconcileLoop loop, LogShipping logs) {}

  private final Map<NodeId, Agent> agents = new HashMap<>();
  private final Map<ContainerId, NodeId> placed = new HashMap<>();
  private final String kafka;
  private final KafkaOutbox outbox;
  private final List<Thread> threads;
  private volatile boolean running = true;

  SimulatedAgents(String kafka, int count, Path folder) {
    this.kafka = kafka;
    this.outbox = new KafkaOutbox(kafka);
    IntStream.rangeClosed(1, count).forEach(number -> add(number, folder));
    threads =
        List.of(
            Thread.ofPlatform().name("fleet-heart").start(this::beat),
            Thread.ofPlatform().name("fleet-sweep").start(this::sweep),
            Thread.ofPlatform().name("fleet-assignments").start(this::read));
  }

  private void add(int number, Path folder) {
    var node = new NodeId(Uuids.random());
    var engine = new SimulatedEngine();
    var own = folder.resolve(node.value());
    var logs = new LogShipping(engine, outbox, own.resolve("logs"));
    var work =
        new ContainerWork(
            node,
            engine,
            new Images(engine, PullPolicy.MISSING, InstantSource.system()),
            outbox,
            own,
            logs,
            new Pace(RawEngine.PARALLEL, Duration.ZERO),
            InstantSource.system());
    var loop =
        new ReconcileLoop(
            node,
            engine,
            new Assignments(),
            work,
            logs,
            Duration.ofSeconds(30),
            InstantSource.system());
    var _ = engine.watch(node, watcher(loop));
    loop.assignmentsComplete();
    agents.put(node, new Agent("fleet-" + number, loop, logs));
  }

  private static Engine.Watcher watcher(ReconcileLoop loop) {
    return new Engine.Watcher() {
      @Override
      public void changed(Found.Labels container) {
        loop.changed(container.container());
      }

      @Override
      public void started(Found.Labels container) {
        loop.started(container.container());
      }

      @Override
      public void ended() {}
    };
  }

  private void beat() {
    while (running) {
      agents.forEach((node, agent) -> outbox.send(heartbeat(node, agent)));
      pause(BETWEEN_HEARTBEATS);
    }
  }

  private static Heartbeat heartbeat(NodeId node, Agent agent) {
    return new Heartbeat(
        node,
        Instant.now(),
        new NodeFacts(
            agent.name,
            List.of(TAG),
            "127.0.0.1",
            "simulated",
            new Capacity(2, 4096, 10_000),
            true),
        null);
  }

  private void sweep() {
    while (running) {
      pause(BETWEEN_SWEEPS);
      agents.values().forEach(agent -> agent.loop.sweep());
      agents.values().forEach(agent -> agent.logs.savePositions());
    }
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    try (var consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka, "enable.auto.commit", false),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      var partitions =
          consumer.partitionsFor(Topics.ASSIGNMENTS.topic()).stream()
              .map(one -> new TopicPartition(one.topic(), one.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      while (running) {
        consumer.poll(Duration.ofMillis(200)).forEach(this::take);
      }
    }
  }

  private void take(ConsumerRecord<String, byte[]> message) {
    var container = new ContainerId(message.key());
    if (message.value() == null) {
      var node = placed.remove(container);
      var gone = node == null ? null : agents.get(node);
      if (gone != null) {
        gone.loop.drop(container);
      }
      return;
    }
    var assignment = Wire.read(message.value(), Assignment.class);
    var agent = agents.get(assignment.node());
    if (agent != null) {
      placed.put(container, assignment.node());
      agent.loop.assign(assignment);
    }
  }

  @Override
  public void close() throws Exception {
    running = false;
    for (var thread : threads) {
      thread.interrupt();
      thread.join();
    }
    for (var agent : agents.values()) {
      agent.loop.close();
    }
    outbox.close();
  }
}
