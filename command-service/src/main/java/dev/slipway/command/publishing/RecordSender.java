package dev.slipway.command.publishing;

import dev.slipway.command.publishing.EventLog.Stored;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends records with their place in the log, and notices if Kafka refuses or loses them. Only the
 * publisher's thread uses it.
 */
final class RecordSender {

  private static final Logger LOG = LoggerFactory.getLogger(RecordSender.class);
  private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final Producer<String, byte[]> producer;
  private final Consumer<String, byte[]> ends;
  private final LogIdentity identity;
  private final EventScreen screen;
  private final AtomicReference<@Nullable Unsent> failure = new AtomicReference<>();
  private final Map<TopicPartition, Long> acknowledged = new ConcurrentHashMap<>();
  private final Map<String, Long> lastSent = new HashMap<>();
  private long lastCheck = System.nanoTime();

  /**
   * A record that Kafka did not acknowledge.
   *
   * @param stored the event that it follows from, null if it follows from no single one
   */
  private record Unsent(
      ProducerRecord<String, byte[]> message, @Nullable Stored stored, Exception problem) {}

  /**
   * @param ends asks Kafka how far its partitions reach
   * @param has the position of the last record of each partition
   */
  RecordSender(
      Producer<String, byte[]> producer,
      Consumer<String, byte[]> ends,
      LogIdentity identity,
      EventScreen screen,
      Map<TopicPartition, Long> has) {
    this.producer = producer;
    this.ends = ends;
    this.identity = identity;
    this.screen = screen;
    has.forEach((partition, last) -> lastSent.put(partition.toString(), last));
  }

  /**
   * @param stored the event that the record follows from, null if it follows from no single one
   */
  void send(ProducerRecord<String, byte[]> message, long position, @Nullable Stored stored) {
    identity.at(position).writeTo(message.headers());
    lastSent.put(message.topic() + "-" + message.partition(), position);
    var _ =
        producer.send(
            message,
            (metadata, problem) -> {
              if (problem != null) {
                failed(new Unsent(message, stored, problem));
              } else {
                acknowledged.merge(
                    new TopicPartition(metadata.topic(), metadata.partition()),
                    metadata.offset(),
                    Math::max);
              }
            });
  }

  /** A complete list that Kafka refuses is left out: agents keep what no list names. */
  private void failed(Unsent unsent) {
    if (unsent.stored() == null && EventScreen.isRefusal(unsent.problem())) {
      LOG.warn(
          "Kafka refuses the list of all containers of node {}, which is left out: {}",
          unsent.message().key(),
          unsent.problem().toString());
      return;
    }
    failure.compareAndSet(null, unsent);
  }

  /** Returns once Kafka has acknowledged all that was sent. */
  void flush() throws Exception {
    producer.flush();
    throwFailure();
  }

  /** Fails if sending has failed. The subject of a record that Kafka refuses is parked. */
  void throwFailure() throws Exception {
    var unsent = failure.get();
    if (unsent == null) {
      return;
    }
    if (unsent.stored() != null && EventScreen.isRefusal(unsent.problem())) {
      screen.refused(unsent.stored(), unsent.message(), unsent.problem());
    }
    throw unsent.problem();
  }

  /** The last position sent to each partition. */
  Map<String, Long> lastSent() {
    return lastSent;
  }

  /** Notices that Kafka has lost records while it was published to. */
  void checkKafka() {
    if (System.nanoTime() - lastCheck < BETWEEN_CHECKS.toNanos() || acknowledged.isEmpty()) {
      return;
    }
    lastCheck = System.nanoTime();
    ends.assign(acknowledged.keySet()); // the client warns of offsets of other partitions
    ends.endOffsets(acknowledged.keySet(), TIMEOUT)
        .forEach(
            (partition, end) -> {
              if (end <= acknowledged.getOrDefault(partition, -1L)) {
                throw new IllegalStateException(
                    "Kafka has lost records of %s; it is compared with PostgreSQL again"
                        .formatted(partition));
              }
            });
  }
}
