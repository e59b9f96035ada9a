package dev.slipway.command.messaging;

import static org.apache.kafka.clients.consumer.ConsumerConfig.AUTO_OFFSET_RESET_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.GROUP_ID_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.ACKS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.COMPRESSION_TYPE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.LINGER_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.MAX_REQUEST_SIZE_CONFIG;

import dev.slipway.model.wire.Topics;
import dev.slipway.runtime.KafkaLogins;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Makes the clients of one Kafka, set up alike: nothing lost, nothing doubled, no waiting. */
public final class KafkaClients {

  private final String servers;

  public KafkaClients(String servers) {
    this.servers = servers;
  }

  public Producer<String, byte[]> producer() {
    return new KafkaProducer<>(
        KafkaLogins.settings(
            servers,
            Map.of(
                ACKS_CONFIG,
                "all",
                ENABLE_IDEMPOTENCE_CONFIG,
                true,
                LINGER_MS_CONFIG,
                0,
                COMPRESSION_TYPE_CONFIG,
                "lz4",
                MAX_REQUEST_SIZE_CONFIG,
                Topics.MAX_RECORD_BYTES)),
        new StringSerializer(),
        new ByteArraySerializer());
  }

  /**
   * Of a group whose offsets are committed by hand. A member that was killed is missed after a few
   * seconds: until then nobody reads what was its share.
   */
  public Consumer<String, byte[]> consumer(String group) {
    return new KafkaConsumer<>(
        KafkaLogins.settings(
            servers,
            Map.of(
                GROUP_ID_CONFIG,
                group,
                SESSION_TIMEOUT_MS_CONFIG,
                6_000,
                HEARTBEAT_INTERVAL_MS_CONFIG,
                2_000,
                ENABLE_AUTO_COMMIT_CONFIG,
                false,
                AUTO_OFFSET_RESET_CONFIG,
                "earliest")),
        new StringDeserializer(),
        new ByteArrayDeserializer());
  }

  /** Of no group: whoever uses it says which partitions, and from where. */
  public Consumer<String, byte[]> consumer() {
    return new KafkaConsumer<>(
        KafkaLogins.settings(
            servers,
            Map.of(ENABLE_AUTO_COMMIT_CONFIG, false, AUTO_OFFSET_RESET_CONFIG, "earliest")),
        new StringDeserializer(),
        new ByteArrayDeserializer());
  }

  public Admin admin() {
    return Admin.create(KafkaLogins.settings(servers, Map.of()));
  }
}
