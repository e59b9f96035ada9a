package dev.slipway.benchmarks;

import dev.slipway.agent.reconcile.ReconcileLoop;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.AssignmentList;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.wire.Topics;
import dev.slipway.model.wire.Wire;
import dev.slipway.runtime.KafkaLogins;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads one partition of assignments for all agents that would read it themselves, and gives each
 * what its own reader would: all from the beginning at once, then one after the other as they come.
 */
final class SharedAssignments {

  private final String servers;
  private final int partition;
  private final Map<NodeId, SimulatedAgent> agents;
  private final Map<ContainerId, Assignment> newest = new LinkedHashMap<>();

  SharedAssignments(String servers, int partition, List<SimulatedAgent> agents) {
    this.servers = servers;
    this.partition = partition;
    this.agents =
        agents.stream()
            .filter(agent -> partitionOf(agent) == partition)
            .collect(Collectors.toMap(SimulatedAgent::node, Function.identity()));
  }

  private static int partitionOf(SimulatedAgent agent) {
    return Topics.partitionOf(agent.node(), Topics.ASSIGNMENTS.partitions());
  }

  /** Reads until it is told to stop, or Kafka fails. */
  void read(BooleanSupplier running) {
    try (var consumer =
        new KafkaConsumer<>(
            KafkaLogins.settings(servers, Map.of(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false)),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      var mine = new TopicPartition(Topics.ASSIGNMENTS.topic(), partition);
      consumer.assign(List.of(mine));
      consumer.seekToBeginning(List.of(mine));
      long end = consumer.endOffsets(List.of(mine)).getOrDefault(mine, 0L);
      while (running.getAsBoolean() && consumer.position(mine) < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(this::gather);
      }
      begin();
      while (running.getAsBoolean()) {
        consumer.poll(Duration.ofMillis(200)).forEach(this::take);
      }
    }
  }

  private void begin() {
    var wanted = newest.values().stream().collect(Collectors.groupingBy(Assignment::node));
    agents.forEach((node, agent) -> agent.loop().assignAll(wanted.getOrDefault(node, List.of())));
  }

  /** What was wanted in between is not followed. */
  private void gather(ConsumerRecord<String, byte[]> message) {
    if (AssignmentList.isKey(message.key())) {
      return;
    }
    var container = new ContainerId(message.key());
    newest.remove(container);
    if (message.value() != null) {
      var assignment = Wire.read(message.value(), Assignment.class);
      if (agents.containsKey(assignment.node())) {
        newest.put(container, assignment);
      }
    }
  }

  private void take(ConsumerRecord<String, byte[]> message) {
    var container = new ContainerId(message.key());
    var before = newest.get(container);
    gather(message);
    var now = newest.get(container);
    if (now != null) {
      loop(now).assign(now);
    } else if (before != null) {
      loop(before).end(List.of(container));
    }
  }

  private ReconcileLoop loop(Assignment assignment) {
    return Objects.requireNonNull(agents.get(assignment.node())).loop();
  }
}
