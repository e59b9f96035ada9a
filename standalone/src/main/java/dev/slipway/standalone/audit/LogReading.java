package dev.slipway.standalone.audit;

import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.Envelope;
import dev.slipway.model.wire.EventRecords;
import dev.slipway.model.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the events of all services from Kafka, from the first to the last there is. */
final class LogReading {

  private static final Duration LONGEST = Duration.ofSeconds(30);

  private LogReading() {}

  static List<LoggedService> read(String servers) {
    var events = new LinkedHashMap<ServiceId, List<Envelope<ServiceEvent>>>();
    try (var consumer = consumer(servers)) {
      var partitions =
          consumer.partitionsFor(Topics.SERVICE_EVENTS.topic()).stream()
              .map(one -> new TopicPartition(one.topic(), one.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      long deadline = System.nanoTime() + LONGEST.toNanos();
      while (!isAt(consumer, ends)) {
        if (System.nanoTime() > deadline) {
          throw new CannotAudit("Kafka at " + servers + " does not give the log in time");
        }
        for (var message : consumer.poll(Duration.ofMillis(200))) {
          var read = EventRecords.read(message);
          if (read.event() instanceof ServiceEvent event) {
            events.computeIfAbsent(event.serviceId(), _ -> new ArrayList<>()).add(of(read, event));
          }
        }
      }
    }
    return events.entrySet().stream()
        .map(entry -> new LoggedService(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static boolean isAt(KafkaConsumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private static Envelope<ServiceEvent> of(Envelope<Object> read, ServiceEvent event) {
    return new Envelope<>(
        read.id(),
        read.subject(),
        read.sequence(),
        read.position(),
        read.at(),
        read.metadata(),
        event);
  }

  private static KafkaConsumer<String, byte[]> consumer(String servers) {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            servers,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            (int) LONGEST.toMillis()),
        new StringDeserializer(),
        new ByteArrayDeserializer());
  }
}
