package dev.slipway.query.projection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/**
 * What a consumer has next. A poll is a batch; but while views are behind, many polls of one
 * partition make one, so that what changes again and again is written once.
 */
final class NextRecords {

  private static final Duration POLL = Duration.ofMillis(100);

  /** A poll that brings fewer says that there are no more at hand. */
  private static final int MANY = 500;

  private static final int MOST = 20_000;
  private static final long MOST_BYTES = 16L << 20;

  private final Consumer<String, byte[]> consumer;
  private final Supplier<Map<TopicPartition, Long>> ahead;
  private final OneAfterAnother oneAfterAnother;

  /**
   * @param ahead how many records that stood in the log when reading began are left, of partitions
   *     with any
   */
  NextRecords(Consumer<String, byte[]> consumer, Supplier<Map<TopicPartition, Long>> ahead) {
    this.consumer = consumer;
    this.ahead = ahead;
    this.oneAfterAnother = new OneAfterAnother(consumer);
  }

  ConsumerRecords<String, byte[]> poll() {
    var first = pollChosen();
    return isWorthMore(first) ? gather(first) : first;
  }

  private ConsumerRecords<String, byte[]> pollChosen() {
    oneAfterAnother.choose(ahead.get());
    return consumer.poll(POLL);
  }

  private boolean isWorthMore(ConsumerRecords<String, byte[]> last) {
    return last.count() >= MANY && !ahead.get().isEmpty();
  }

  private ConsumerRecords<String, byte[]> gather(ConsumerRecords<String, byte[]> first) {
    var records = new HashMap<TopicPartition, List<ConsumerRecord<String, byte[]>>>();
    var next = new HashMap<TopicPartition, OffsetAndMetadata>();
    int count = 0;
    long bytes = 0;
    var polled = first;
    while (true) {
      for (var record : polled) {
        records.computeIfAbsent(partition(record), _ -> new ArrayList<>()).add(record);
        bytes += record.serializedValueSize();
      }
      next.putAll(polled.nextOffsets());
      count += polled.count();
      if (count >= MOST || bytes >= MOST_BYTES || !isWorthMore(polled)) {
        return new ConsumerRecords<>(records, next);
      }
      polled = pollAgain();
    }
  }

  /** A failure that the next poll will meet again must not lose what is gathered. */
  private ConsumerRecords<String, byte[]> pollAgain() {
    try {
      return pollChosen();
    } catch (OffsetOutOfRangeException again) {
      return new ConsumerRecords<>(Map.of(), Map.of());
    }
  }

  private static TopicPartition partition(ConsumerRecord<?, ?> record) {
    return new TopicPartition(record.topic(), record.partition());
  }
}
