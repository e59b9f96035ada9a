package dev.slipway.command.publishing;

import dev.slipway.model.wire.EventRecords;
import dev.slipway.model.wire.LogStamp;
import dev.slipway.model.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last record of each partition that the publisher writes to.
 *
 * @param partitions all of them
 * @param last of those that have records
 */
record KafkaTails(List<TopicPartition> partitions, Map<TopicPartition, Tail> last) {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaTails.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(100);

  /** The topics that are filled from the log. */
  static final List<Topics> TOPICS =
      List.of(
          Topics.SERVICE_EVENTS,
          Topics.STACK_EVENTS,
          Topics.NODE_EVENTS,
          Topics.ACTION_EVENTS,
          Topics.ACCOUNT_EVENTS,
          Topics.ASSIGNMENTS);

  KafkaTails {
    partitions = List.copyOf(partitions);
    last = Map.copyOf(last);
  }

  /**
   * The last record of a partition.
   *
   * @param stamp null if its writer did not stamp, or if it cannot be read
   * @param event which event it is, null if it is none, or if it cannot be read
   */
  record Tail(@Nullable LogStamp stamp, @Nullable EventKey event) {}

  /** An event by its place in its subject's history. */
  record EventKey(String id, String subject, long sequence) {}

  /**
   * @throws KafkaException if Kafka does not answer in time
   */
  static KafkaTails read(Consumer<String, byte[]> consumer) {
    var partitions = new ArrayList<TopicPartition>();
    for (var topic : TOPICS) {
      partitions.addAll(partitions(consumer, topic.topic()));
    }
    consumer.assign(partitions); // the client warns of offsets of partitions without assignment
    var begins = consumer.beginningOffsets(partitions, TIMEOUT);
    var ends = consumer.endOffsets(partitions, TIMEOUT);
    var filled =
        partitions.stream()
            .filter(one -> ends.getOrDefault(one, 0L) > begins.getOrDefault(one, 0L))
            .toList();
    consumer.assign(filled);
    filled.forEach(one -> consumer.seek(one, ends.getOrDefault(one, 1L) - 1));
    var last = new HashMap<TopicPartition, Tail>();
    readToEnd(consumer, filled, ends, last);
    var unread = filled.stream().filter(one -> !last.containsKey(one)).toList();
    if (!unread.isEmpty()) { // compaction has removed what stood there
      consumer.seekToBeginning(unread);
      readToEnd(consumer, unread, ends, last);
    }
    return new KafkaTails(partitions, last);
  }

  private static List<TopicPartition> partitions(Consumer<String, byte[]> consumer, String topic) {
    var found = consumer.partitionsFor(topic, TIMEOUT);
    if (found == null || found.isEmpty()) {
      throw new KafkaException("There is no topic %s yet".formatted(topic));
    }
    return found.stream().map(one -> new TopicPartition(topic, one.partition())).toList();
  }

  private static void readToEnd(
      Consumer<String, byte[]> consumer,
      Collection<TopicPartition> partitions,
      Map<TopicPartition, Long> ends,
      Map<TopicPartition, Tail> last) {
    var open = new HashSet<>(partitions);
    long begin = System.nanoTime();
    while (!open.isEmpty()) {
      for (var kafka : consumer.poll(POLL)) {
        last.put(new TopicPartition(kafka.topic(), kafka.partition()), tail(kafka));
      }
      open.removeIf(one -> consumer.position(one, TIMEOUT) >= ends.getOrDefault(one, 0L));
      if (System.nanoTime() - begin > TIMEOUT.toNanos()) {
        throw new KafkaException(
            "Kafka did not return the last records of %s in time".formatted(open));
      }
    }
  }

  static Tail tail(ConsumerRecord<String, byte[]> kafka) {
    return new Tail(readOrNull(kafka, KafkaTails::stamp), readOrNull(kafka, KafkaTails::event));
  }

  private static @Nullable LogStamp stamp(ConsumerRecord<String, byte[]> kafka) {
    return LogStamp.read(kafka.headers()).orElse(null);
  }

  private static @Nullable EventKey event(ConsumerRecord<String, byte[]> kafka) {
    return kafka.topic().equals(Topics.ASSIGNMENTS.topic())
        ? null
        : new EventKey(
            EventRecords.id(kafka.headers()), kafka.key(), EventRecords.sequence(kafka.headers()));
  }

  /** A record that something else wrote, or that is damaged, is read as far as that is possible. */
  private static <T> @Nullable T readOrNull(
      ConsumerRecord<String, byte[]> kafka,
      Function<ConsumerRecord<String, byte[]>, @Nullable T> read) {
    try {
      return read.apply(kafka);
    } catch (RuntimeException unreadable) {
      LOG.warn(
          "Cannot read the last record of {}-{}, at offset {}: {}",
          kafka.topic(),
          kafka.partition(),
          kafka.offset(),
          unreadable.getClass().getSimpleName());
      return null;
    }
  }
}
