package dev.slipway.benchmarks;

import dev.slipway.model.Namespace;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import dev.slipway.model.service.ServiceEvent.ServiceUpdated;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.Envelope;
import dev.slipway.model.wire.EventRecords;
import dev.slipway.model.wire.EventTypes;
import dev.slipway.model.wire.MetadataKeys;
import dev.slipway.model.wire.Topics;
import dev.slipway.model.wire.Wire;
import dev.slipway.runtime.KafkaLogins;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The log of services that were made and then changed, in turns. */
final class SyntheticLog {

  /** Events of each service. */
  static final int EACH = 10;

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Namespace NAMESPACE = new Namespace("admin");

  private final int events;

  SyntheticLog(int events) {
    this.events = events;
  }

  int size() {
    return events;
  }

  String type(int number) {
    return sequence(number) == 0 ? "ServiceCreated" : "ServiceUpdated";
  }

  private long sequence(int number) {
    return number / (events / EACH);
  }

  /** As it is stored. */
  Envelope<byte[]> event(int number) {
    int service = number % (events / EACH);
    var id = new UUID(0x5e0c7d7e_0000_4000L, 0x8000_0000_0000_0000L | service).toString();
    long sequence = sequence(number);
    return new Envelope<>(
        new UUID(1, number).toString(),
        id,
        sequence,
        number,
        BEGIN.plusMillis(number),
        Map.of(
            MetadataKeys.USER,
            "admin",
            MetadataKeys.IP,
            "127.0.0.1",
            MetadataKeys.ACTION,
            new UUID(2, number).toString()),
        Wire.write(event(new ServiceId(id), service, sequence)));
  }

  private static ServiceEvent event(ServiceId id, int service, long sequence) {
    return sequence == 0
        ? new ServiceCreated(
            id,
            NAMESPACE,
            ServiceDefinition.read(
                Map.of(
                    "image",
                    "demo/hello:latest",
                    "name",
                    "web-" + service,
                    "target_num_containers",
                    1)),
            null)
        : new ServiceUpdated(
            id, ServiceDefinition.read(Map.of("target_num_containers", (int) sequence + 1)));
  }

  /** Puts all of it into a Kafka that has none of its topics yet. */
  void fill(String servers) throws ExecutionException, InterruptedException {
    var settings = KafkaLogins.settings(servers, Map.of("acks", "all", "linger.ms", 20));
    try (var admin = Admin.create(settings)) {
      var topic = Topics.SERVICE_EVENTS;
      var made =
          new NewTopic(topic.topic(), Optional.of(topic.partitions()), Optional.empty())
              .configs(Map.of("retention.ms", "-1"));
      var _ = admin.createTopics(List.of(made)).all().get();
    }
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < events; i++) {
        var _ =
            producer.send(
                EventRecords.write(
                    Topics.SERVICE_EVENTS,
                    event(i),
                    type(i),
                    EventTypes.revision(
                        sequence(i) == 0 ? ServiceCreated.class : ServiceUpdated.class)));
      }
      producer.flush();
    }
  }
}
