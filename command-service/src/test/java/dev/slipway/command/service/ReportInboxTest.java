package dev.slipway.command.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.command.messaging.AggregateLocks;
import dev.slipway.command.messaging.Commands;
import dev.slipway.command.messaging.KafkaClients;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.ContainerReport;
import dev.slipway.model.container.ContainerReport.Removed;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceCommand.ReportContainers;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.Topics;
import dev.slipway.model.wire.Wire;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportInboxTest {

  private static final TopicPartition TOPIC = new TopicPartition(Topics.REPORTS.topic(), 0);
  private static final ContainerReport REPORT =
      new Removed(
          new ServiceId("5e0c7d7e-0000-4000-8000-000000000001"),
          new ContainerId("c0000000-0000-4000-8000-000000000001"),
          new NodeId("0a000000-0000-4000-8000-00000000000a"),
          Instant.parse("2026-01-02T03:04:05Z"));

  private final MockConsumer<String, byte[]> kafka = new MockConsumer<>("earliest");
  private final List<ContainerReport> taken = new CopyOnWriteArrayList<>();

  private void read(byte[]... records) throws Exception {
    var bus = SimpleCommandBus.builder().build();
    var _ =
        bus.subscribe(
            ReportContainers.class.getName(),
            message -> taken.addAll(((ReportContainers) message.getPayload()).reports()));
    kafka.subscribe(List.of(TOPIC.topic()));
    kafka.rebalance(List.of(TOPIC));
    kafka.updateBeginningOffsets(Map.of(TOPIC, 0L));
    for (int i = 0; i < records.length; i++) {
      kafka.addRecord(new ConsumerRecord<>(TOPIC.topic(), 0, i, "key", records[i]));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      new ReportInbox(new Commands(bus, new AggregateLocks(4)), new KafkaClients("nowhere:1"))
          .turn(kafka, threads);
    }
  }

  private long committed() {
    return kafka.committed(Set.of(TOPIC)).get(TOPIC).offset();
  }

  @ParameterizedTest
  @ValueSource(strings = {"not JSON", "null", "{}", "{\"type\":\"Removed\"}", "{\"type\":\"New\"}"})
  void passesOverWhatIsNoReport(String poison) throws Exception {
    read(Wire.write(REPORT), poison.getBytes(UTF_8), Wire.write(REPORT));
    assertThat(taken).containsExactly(REPORT, REPORT);
    assertThat(committed()).isEqualTo(3);
  }

  @Test
  void sendsWhatAPollBringsOfAServiceAtOnce() throws Exception {
    read(Wire.write(REPORT), Wire.write(REPORT));
    assertThat(taken).hasSize(2);
    assertThat(committed()).isEqualTo(2);
  }
}
