package dev.slipway.agent.messaging;

import dev.slipway.agent.reconcile.ReconcileLoop;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.wire.Topics;
import dev.slipway.model.wire.Wire;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads this node's assignments: all from the beginning at first, and new ones as they come. */
public final class AssignmentReader {

  private static final Logger LOG = LoggerFactory.getLogger(AssignmentReader.class);

  private final String servers;
  private final NodeId node;
  private final ReconcileLoop loop;

  public AssignmentReader(String servers, NodeId node, ReconcileLoop loop) {
    this.servers = servers;
    this.node = node;
    this.loop = loop;
  }

  /** Reads until it is told to stop, or Kafka fails. */
  public void read(BooleanSupplier running) {
    try (var consumer = consumer()) {
      read(consumer, running);
    }
  }

  void read(Consumer<String, byte[]> consumer, BooleanSupplier running) {
    var topic = Topics.ASSIGNMENTS;
    int partitions = consumer.partitionsFor(topic.topic()).size();
    if (partitions == 0) {
      throw new TopicMissing(topic.topic());
    }
    var mine = new TopicPartition(topic.topic(), Topics.partitionOf(node, partitions));
    consumer.assign(List.of(mine));
    consumer.seekToBeginning(List.of(mine));
    long end = consumer.endOffsets(List.of(mine)).getOrDefault(mine, 0L);
    var wanted = new LinkedHashMap<ContainerId, Assignment>();
    while (running.getAsBoolean() && consumer.position(mine) < end) {
      consumer.poll(Duration.ofMillis(200)).forEach(message -> gather(message, wanted));
    }
    if (running.getAsBoolean()) {
      loop.assignAll(wanted.values());
    }
    while (running.getAsBoolean()) {
      consumer.poll(Duration.ofMillis(200)).forEach(this::take);
    }
  }

  /**
   * What was wanted in between is not followed: a container that has gone since would be made
   * again.
   */
  private void gather(ConsumerRecord<String, byte[]> message, Map<ContainerId, Assignment> wanted) {
    if (message.value() == null) {
      wanted.remove(new ContainerId(message.key()));
      return;
    }
    readable(message)
        .ifPresent(
            assignment -> {
              wanted.remove(assignment.container());
              if (assignment.node().equals(node)) {
                wanted.put(assignment.container(), assignment);
              }
            });
  }

  private void take(ConsumerRecord<String, byte[]> message) {
    if (message.value() == null) {
      loop.drop(new ContainerId(message.key()));
      return;
    }
    readable(message).filter(assignment -> assignment.node().equals(node)).ifPresent(loop::assign);
  }

  /** One that cannot be read changes nothing: to wait for it would hold up every container. */
  private static Optional<Assignment> readable(ConsumerRecord<String, byte[]> message) {
    try {
      var assignment = Wire.read(message.value(), Assignment.class);
      Objects.requireNonNull(assignment.node());
      Objects.requireNonNull(assignment.container());
      return Optional.of(assignment);
    } catch (RuntimeException unreadable) {
      LOG.warn(
          "Record {} of {}-{}, an assignment of {}, can not be read: passed over",
          message.offset(),
          message.topic(),
          message.partition(),
          message.key());
      return Optional.empty();
    }
  }

  private Consumer<String, byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            servers,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest"),
        new StringDeserializer(),
        new ByteArrayDeserializer());
  }
}
