package dev.slipway.standalone.audit;

import dev.slipway.model.wire.Topics;
import dev.slipway.runtime.KafkaLogins;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads what Kafka has of the log: the records up to the ends that the partitions had at first. */
final class KafkaRecords implements AutoCloseable {

  /** The topics that are filled from the log. */
  static final List<Topics> EVENTS =
      List.of(
          Topics.SERVICE_EVENTS,
          Topics.STACK_EVENTS,
          Topics.NODE_EVENTS,
          Topics.ACTION_EVENTS,
          Topics.ACCOUNT_EVENTS);

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final String servers;
  private final Consumer<String, byte[]> consumer;
  private final List<Topics> missing = new ArrayList<>();
  private final Map<TopicPartition, Long> ends;

  private KafkaRecords(String servers) {
    this.servers = servers;
    this.consumer =
        new KafkaConsumer<>(
            KafkaLogins.settings(
                servers,
                Map.of(
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                    false,
                    ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                    false,
                    ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                    (int) TIMEOUT.toMillis())),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    try {
      this.ends = ends();
    } catch (RuntimeException failure) {
      consumer.close();
      throw failure;
    }
  }

  /**
   * @throws CannotAudit if Kafka does not answer
   */
  static KafkaRecords open(String servers) {
    try {
      return new KafkaRecords(servers);
    } catch (KafkaException failure) {
      throw cannot(servers, failure);
    }
  }

  private static CannotAudit cannot(String servers, KafkaException failure) {
    return new CannotAudit(
        "Kafka at %s does not answer: %s".formatted(servers, failure.getMessage()));
  }

  private Map<TopicPartition, Long> ends() {
    var partitions = new ArrayList<TopicPartition>();
    for (var topic : Topics.values()) {
      if (EVENTS.contains(topic) || topic == Topics.ASSIGNMENTS) {
        var found = partitions(topic);
        partitions.addAll(found);
        if (found.isEmpty()) {
          missing.add(topic);
        }
      }
    }
    consumer.assign(partitions);
    return consumer.endOffsets(partitions);
  }

  private List<TopicPartition> partitions(Topics topic) {
    try {
      var found = consumer.partitionsFor(topic.topic());
      return found == null
          ? List.of()
          : found.stream().map(one -> new TopicPartition(one.topic(), one.partition())).toList();
    } catch (UnknownTopicOrPartitionException gone) {
      return List.of();
    }
  }

  /** The topics that are not there. */
  List<Topics> missing() {
    return List.copyOf(missing);
  }

  int partitionsOf(Topics topic) {
    return (int) ends.keySet().stream().filter(one -> one.topic().equals(topic.topic())).count();
  }

  Iterable<TopicPartition> partitions() {
    return ends.keySet();
  }

  /** Takes record after record. */
  interface Reader {
    void read(TopicPartition partition, ConsumerRecord<String, byte[]> kafka);
  }

  /**
   * @throws CannotAudit if Kafka sends nothing for half a minute
   */
  void forEach(Reader reader, Progress progress) {
    try {
      consumer.assign(ends.keySet());
      consumer.seekToBeginning(ends.keySet());
      long total = ends.values().stream().mapToLong(Long::longValue).sum();
      long done = 0;
      long last = System.nanoTime();
      while (!isAtEnd()) {
        var records = consumer.poll(Duration.ofMillis(200));
        for (var kafka : records) {
          var partition = new TopicPartition(kafka.topic(), kafka.partition());
          if (kafka.offset() < ends.getOrDefault(partition, 0L)) {
            reader.read(partition, kafka);
          }
        }
        done += records.count();
        last = records.isEmpty() ? last : System.nanoTime();
        progress.at("records of Kafka", Math.min(done, total), total);
        if (System.nanoTime() - last > TIMEOUT.toNanos()) {
          throw new CannotAudit("Kafka at %s sends no records".formatted(servers));
        }
      }
    } catch (KafkaException failure) {
      throw cannot(servers, failure);
    }
  }

  private boolean isAtEnd() {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  @Override
  public void close() {
    consumer.close();
  }
}
