package dev.slipway.standalone.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.model.wire.EventRecords;
import dev.slipway.model.wire.Topics;
import dev.slipway.standalone.audit.StoredLog.Stored;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** K1: compares the records of Kafka with the events of PostgreSQL, partition by partition. */
final class LogCopyCheck {

  private static final int PARTITION_OF_NO_TOPIC = -1;

  private final LogHead log;
  private final Violations violations = new Violations();
  private final Map<TopicPartition, PartitionComparison> partitions = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();

  LogCopyCheck(LogHead log, KafkaRecords kafka) {
    this.log = log;
    for (var partition : kafka.partitions()) {
      if (!partition.topic().equals(Topics.ASSIGNMENTS.topic())) {
        partitions.put(partition, new PartitionComparison(log, violations));
        counts.merge(partition.topic(), 1, Integer::sum);
      }
    }
    for (var topic : kafka.missing()) {
      var _ =
          violations.add(Promise.K1, "topics", topic.topic(), "there is no such topic in Kafka");
    }
  }

  /** Adds the next event of PostgreSQL. */
  void expect(Stored event) {
    var topic = topic(event.aggregate());
    var envelope = event.envelope();
    if (topic == null || log.holdsBack(envelope.subject(), envelope.sequence())) {
      return;
    }
    var partition = partition(topic, event.envelope().subject());
    var comparison = partitions.get(partition);
    if (comparison == null) {
      return; // the topic is missing, which is reported once
    }
    var record =
        EventRecords.write(
            topic,
            partition.partition(),
            event.envelope(),
            event.type(),
            Objects.requireNonNullElse(event.revision(), ""));
    comparison.expect(
        event.position(),
        RecordDigest.of(record.key(), record.value(), record.headers(), event.envelope().id()));
  }

  private TopicPartition partition(Topics topic, String key) {
    int count = counts.getOrDefault(topic.topic(), 0);
    int number =
        count == 0
            ? PARTITION_OF_NO_TOPIC
            : Utils.toPositive(Utils.murmur2(key.getBytes(UTF_8))) % count;
    return new TopicPartition(topic.topic(), number);
  }

  private static @Nullable Topics topic(String aggregate) {
    return switch (aggregate) {
      case "Service" -> Topics.SERVICE_EVENTS;
      case "Stack" -> Topics.STACK_EVENTS;
      case "Node" -> Topics.NODE_EVENTS;
      case "Action" -> Topics.ACTION_EVENTS;
      case "Account" -> Topics.ACCOUNT_EVENTS;
      default -> null;
    };
  }

  /** Compares all records that Kafka has of events; the rest goes on to another reader. */
  void read(KafkaRecords kafka, KafkaRecords.Reader others, Progress progress) {
    kafka.forEach(
        (partition, record) -> {
          var comparison = partitions.get(partition);
          if (comparison == null) {
            others.read(partition, record);
          } else {
            comparison.see(record);
          }
        },
        progress);
  }

  int repeats() {
    return partitions.values().stream().mapToInt(PartitionComparison::repeats).sum();
  }

  /** All differences; asked once, when all records were read. */
  List<Violation> end(StoredLog stored) {
    var missing = new ArrayList<Long>();
    partitions
        .values()
        .forEach(
            partition ->
                partition.forEachMissing(
                    position -> {
                      if (position <= log.published()) {
                        missing.add(position);
                      }
                    }));
    missing.sort(null);
    for (int index = 0; index < missing.size(); index++) {
      long position = missing.get(index);
      boolean named = index < Violations.MAX_OF_A_KIND;
      var _ =
          violations.add(
              Promise.K1,
              "are missing in Kafka",
              "position " + position,
              named ? stored.name(position) + " is missing in Kafka" : "");
    }
    return violations.all();
  }
}
