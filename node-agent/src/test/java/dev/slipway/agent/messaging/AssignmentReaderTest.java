package dev.slipway.agent.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.agent.Samples;
import dev.slipway.agent.engine.FakeEngine;
import dev.slipway.agent.engine.Images;
import dev.slipway.agent.engine.PullPolicy;
import dev.slipway.agent.logs.LogShipping;
import dev.slipway.agent.reconcile.Assignments;
import dev.slipway.agent.reconcile.ContainerWork;
import dev.slipway.agent.reconcile.Pace;
import dev.slipway.agent.reconcile.ReconcileLoop;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.Assignment.Wanted;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.Topics;
import dev.slipway.model.wire.Wire;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssignmentReaderTest {

  private static final NodeId NODE = new NodeId("0a000000-0000-4000-8000-00000000000a");
  private static final ServiceId WEB = new ServiceId("5e0c7d7e-0000-4000-8000-000000000001");
  private static final String TOPIC = Topics.ASSIGNMENTS.topic();

  private final MockConsumer<String, byte[]> kafka = new MockConsumer<>("earliest");
  private final FakeEngine engine = new FakeEngine();
  @TempDir Path folder;

  private ReconcileLoop loop() {
    var logs = new LogShipping(engine, (_, _) -> {}, folder.resolve("logs"));
    var work =
        new ContainerWork(
            NODE,
            engine,
            new Images(engine, PullPolicy.MISSING, InstantSource.system()),
            _ -> {},
            folder,
            logs,
            new Pace(4, Duration.ZERO),
            InstantSource.system());
    return new ReconcileLoop(
        NODE, engine, new Assignments(), work, logs, Duration.ZERO, InstantSource.system());
  }

  private static Assignment web(int slot) {
    return Samples.assignment(NODE, WEB, slot, Wanted.RUNNING, 1);
  }

  /** What is there at first, and what comes then; each has a key of its own. */
  private void read(ReconcileLoop loop, List<byte[]> before, List<byte[]> later) {
    var partition = new TopicPartition(TOPIC, 0);
    kafka.updatePartitions(TOPIC, List.of(new PartitionInfo(TOPIC, 0, null, null, null)));
    kafka.updateBeginningOffsets(Map.of(partition, 0L));
    kafka.updateEndOffsets(Map.of(partition, (long) before.size()));
    var offset = new AtomicInteger();
    kafka.schedulePollTask(() -> before.forEach(value -> add(offset.getAndIncrement(), value)));
    kafka.schedulePollTask(() -> later.forEach(value -> add(offset.getAndIncrement(), value)));
    new AssignmentReader("nowhere:1", NODE, loop)
        .read(kafka, () -> kafka.position(partition) < before.size() + later.size());
  }

  private void add(int offset, byte[] value) {
    kafka.addRecord(new ConsumerRecord<>(TOPIC, 0, offset, "key-" + offset, value));
  }

  @Test
  void passesOverWhatIsNoAssignmentWheneverItComes() {
    var poison = List.of("not JSON".getBytes(UTF_8), "{}".getBytes(UTF_8), "null".getBytes(UTF_8));
    try (var loop = loop()) {
      read(
          loop,
          List.of(poison.get(0), poison.get(1), Wire.write(web(1)), poison.get(2)),
          List.of(poison.get(0), poison.get(1), Wire.write(web(2)), poison.get(2)));
      await().untilAsserted(() -> assertThat(engine.list(NODE)).hasSize(2));
    }
  }
}
