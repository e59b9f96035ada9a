package dev.slipway.command.publishing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.model.wire.Topics;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

/** Chooses topic and partition of events, as Kafka's own partitioner does by key. */
final class Partitioning {

  private final Map<String, Integer> counts = new HashMap<>();

  Partitioning(Collection<TopicPartition> partitions) {
    partitions.forEach(one -> counts.merge(one.topic(), 1, Integer::sum));
  }

  /** The topic of events of an aggregate type. */
  static Topics topic(String aggregate) {
    return switch (aggregate) {
      case "Service" -> Topics.SERVICE_EVENTS;
      case "Stack" -> Topics.STACK_EVENTS;
      case "Node" -> Topics.NODE_EVENTS;
      case "Action" -> Topics.ACTION_EVENTS;
      case "Account" -> Topics.ACCOUNT_EVENTS;
      default -> throw new IllegalStateException("No topic takes events of " + aggregate);
    };
  }

  TopicPartition of(Topics topic, String key) {
    int count = counts.getOrDefault(topic.topic(), 1);
    return new TopicPartition(
        topic.topic(), Utils.toPositive(Utils.murmur2(key.getBytes(UTF_8))) % count);
  }
}
