package dev.slipway.query.projection;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Finds where the newest records begin that are worth reading. */
final class Beginnings {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long PRECISE_MS = 1_000;

  private final Consumer<?, ?> consumer;
  private final Map<TopicPartition, Long> ends;

  /**
   * @param ends of the partitions to begin at, all of one topic
   */
  Beginnings(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
    this.consumer = consumer;
    this.ends = ends;
  }

  /** Of all topics, for partitions whose ends are given. */
  static Map<TopicPartition, Long> of(
      Consumer<?, ?> consumer,
      Map<TopicPartition, Long> ends,
      Function<String, Newest> newest,
      long now) {
    var found = new HashMap<TopicPartition, Long>();
    ends.keySet().stream()
        .collect(Collectors.groupingBy(TopicPartition::topic))
        .forEach(
            (topic, partitions) -> {
              var wanted = newest.apply(topic);
              if (!wanted.isAll()) {
                found.putAll(new Beginnings(consumer, only(partitions, ends)).of(wanted, now));
              }
            });
    return found;
  }

  private static Map<TopicPartition, Long> only(
      Collection<TopicPartition> partitions, Map<TopicPartition, Long> ends) {
    return partitions.stream().collect(Collectors.toMap(one -> one, ends::get));
  }

  /** As late as it can be for all that is wanted to come after it. */
  private Map<TopicPartition, Long> of(Newest newest, long now) {
    long early = now - newest.age().toMillis();
    long late = now;
    var found = at(early);
    while (late - early > PRECISE_MS && records(found) > newest.records()) {
      long middle = early + (late - early) / 2;
      var later = at(middle);
      if (records(later) >= newest.records()) {
        early = middle;
        found = later;
      } else {
        late = middle;
      }
    }
    return found;
  }

  private Map<TopicPartition, Long> at(long time) {
    var asked = ends.keySet().stream().collect(Collectors.toMap(one -> one, _ -> time));
    var offsets = new HashMap<>(ends);
    consumer
        .offsetsForTimes(asked, PATIENCE)
        .forEach(
            (partition, found) -> {
              if (found != null) {
                offsets.put(partition, found.offset());
              }
            });
    return offsets;
  }

  private long records(Map<TopicPartition, Long> from) {
    return ends.entrySet().stream()
        .mapToLong(end -> end.getValue() - from.getOrDefault(end.getKey(), 0L))
        .sum();
  }
}
