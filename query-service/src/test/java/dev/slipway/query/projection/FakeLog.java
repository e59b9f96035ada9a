package dev.slipway.query.projection;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.model.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.Utils;

/** A log in memory, read through Kafka's own mock consumer. */
public final class FakeLog implements KafkaAccess {

  private final Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> records =
      new ConcurrentHashMap<>();
  private final List<Reading> opened = new CopyOnWriteArrayList<>();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile int pollSize = 500;
  private volatile String topicId = "first";

  public FakeLog() {
    for (var topic : Topics.values()) {
      for (int partition = 0; partition < topic.partitions(); partition++) {
        records.put(new TopicPartition(topic.topic(), partition), new CopyOnWriteArrayList<>());
      }
    }
  }

  public void append(ProducerRecord<String, byte[]> produced) {
    var partition = partition(produced.topic(), produced.key());
    var log = records.get(partition);
    synchronized (log) {
      log.add(
          new ConsumerRecord<>(
              produced.topic(),
              partition.partition(),
              log.size(),
              timeOf(produced),
              TimestampType.CREATE_TIME,
              0,
              0,
              produced.key(),
              produced.value(),
              new RecordHeaders(produced.headers()),
              java.util.Optional.empty()));
    }
  }

  private static long timeOf(ProducerRecord<String, byte[]> produced) {
    var time = produced.timestamp();
    return time == null ? System.currentTimeMillis() : time;
  }

  public static TopicPartition partition(String topic, String key) {
    int count =
        java.util.Arrays.stream(Topics.values())
            .filter(t -> t.topic().equals(topic))
            .findFirst()
            .orElseThrow()
            .partitions();
    return new TopicPartition(topic, Utils.toPositive(Utils.murmur2(key.getBytes(UTF_8))) % count);
  }

  List<ConsumerRecord<String, byte[]>> of(TopicPartition partition) {
    return records.get(partition);
  }

  /** How much a poll takes from each partition at most. */
  public void pollSize(int size) {
    pollSize = size;
  }

  /** As if all topics had been made anew, with what is in them. */
  public void topicId(String id) {
    topicId = id;
  }

  /** So many of the next polls throw. */
  void fail(int polls) {
    failures.set(polls);
  }

  int consumersOpened() {
    return opened.size();
  }

  @Override
  public Consumer<String, byte[]> consumer(String name) {
    var reading = new Reading();
    opened.add(reading);
    return reading;
  }

  @Override
  public Map<String, String> topicIds(Collection<String> topics) {
    return topics.stream().collect(Collectors.toMap(topic -> topic, topic -> topic + topicId));
  }

  private final class Reading extends MockConsumer<String, byte[]> {

    Reading() {
      super("none");
      for (var topic : Topics.values()) {
        updatePartitions(
            topic.topic(),
            IntStream.range(0, topic.partitions())
                .mapToObj(p -> new PartitionInfo(topic.topic(), p, null, null, null))
                .toList());
      }
    }

    @Override
    public synchronized ConsumerRecords<String, byte[]> poll(Duration timeout) {
      super.poll(Duration.ZERO);
      if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new KafkaException("the log fails");
      }
      var found = new HashMap<TopicPartition, List<ConsumerRecord<String, byte[]>>>();
      var next = new HashMap<TopicPartition, OffsetAndMetadata>();
      for (var partition : assignment()) {
        var log = records.get(partition);
        int from = (int) position(partition);
        int to = Math.min(log.size(), from + pollSize);
        if (!paused().contains(partition) && from < to) {
          found.put(partition, new ArrayList<>(log.subList(from, to)));
          next.put(partition, new OffsetAndMetadata(to));
          seek(partition, to);
        }
      }
      if (found.isEmpty()) {
        LockSupport.parkNanos(1_000_000);
      }
      return new ConsumerRecords<>(found, next);
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(
        Collection<TopicPartition> partitions, Duration timeout) {
      return partitions.stream().collect(Collectors.toMap(p -> p, p -> (long) of(p).size()));
    }

    @Override
    public Map<TopicPartition, Long> beginningOffsets(
        Collection<TopicPartition> partitions, Duration timeout) {
      return partitions.stream().collect(Collectors.toMap(p -> p, _ -> 0L));
    }

    @Override
    public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
        Map<TopicPartition, Long> times, Duration timeout) {
      var found = new HashMap<TopicPartition, OffsetAndTimestamp>();
      times.forEach(
          (partition, time) ->
              of(partition).stream()
                  .filter(line -> line.timestamp() >= time)
                  .findFirst()
                  .ifPresent(
                      line ->
                          found.put(
                              partition, new OffsetAndTimestamp(line.offset(), line.timestamp()))));
      return found;
    }

    @Override
    public OptionalLong currentLag(TopicPartition partition) {
      return OptionalLong.of(of(partition).size() - position(partition));
    }
  }
}
