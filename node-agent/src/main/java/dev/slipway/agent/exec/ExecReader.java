package dev.slipway.agent.exec;

import dev.slipway.model.exec.ExecRequest;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.wire.Topics;
import dev.slipway.model.wire.Wire;
import dev.slipway.runtime.KafkaLogins;
import dev.slipway.runtime.TopicMissing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

/** Reads what sessions ask of this node from now on; who asked before has given up. */
public final class ExecReader {

  private static final Logger LOG = LoggerFactory.getLogger(ExecReader.class);

  private final String servers;
  private final NodeId node;
  private final ExecSessions sessions;

  public ExecReader(String servers, NodeId node, ExecSessions sessions) {
    this.servers = servers;
    this.node = node;
    this.sessions = sessions;
  }

  /** Reads until it is told to stop, or Kafka fails. */
  public void read(BooleanSupplier running) {
    try (var consumer = consumer()) {
      var topic = Topics.EXEC_REQUESTS;
      int partitions = consumer.partitionsFor(topic.topic()).size();
      if (partitions == 0) {
        throw new TopicMissing(topic.topic());
      }
      var mine = new TopicPartition(topic.topic(), Topics.partitionOf(node, partitions));
      consumer.assign(List.of(mine));
      consumer.seekToEnd(List.of(mine));
      while (running.getAsBoolean()) {
        consumer.poll(Duration.ofMillis(200)).forEach(this::take);
        sessions.pulse();
      }
    }
  }

  private void take(ConsumerRecord<String, byte[]> message) {
    try {
      var request = Wire.read(message.value(), ExecRequest.class);
      if (request.node().equals(node)) {
        sessions.take(request);
      }
    } catch (RuntimeException unreadable) {
      LOG.warn("A request of a session can not be read: passed over");
    }
  }

  private Consumer<String, byte[]> consumer() {
    return new KafkaConsumer<>(
        KafkaLogins.settings(
            servers,
            Map.of(
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "latest")),
        new StringDeserializer(),
        new ByteArrayDeserializer());
  }
}
