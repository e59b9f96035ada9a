package dev.slipway.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.slipway.model.node.AgentState;
import dev.slipway.model.node.AgentState.Session;
import dev.slipway.model.node.Heartbeat;
import dev.slipway.model.node.NodeFacts;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.wire.Topics;
import dev.slipway.model.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class SessionGuardTest {

  private static final NodeId NODE = new NodeId("0a000000-0000-4000-8000-00000000000a");
  private static final NodeId OTHER = new NodeId("0b000000-0000-4000-8000-00000000000b");
  private static final Session OWN = new Session("own", "here");
  private static final TopicPartition TOPIC = new TopicPartition(Topics.HEARTBEATS.topic(), 0);

  private final MockConsumer<String, byte[]> kafka = new MockConsumer<>("earliest");
  private final SessionGuard guard = new SessionGuard(NODE, OWN, Duration.ofMillis(500));

  private static ConsumerRecord<String, byte[]> heartbeat(long offset, NodeId node, Session from) {
    var facts =
        new NodeFacts("n", List.of(), "1.2.3.4", "28", new NodeFacts.Capacity(1, 1, 1), false);
    var state = new AgentState(from, null, null, List.of());
    return new ConsumerRecord<>(
        TOPIC.topic(),
        0,
        offset,
        node.value(),
        Wire.write(new Heartbeat(node, Instant.EPOCH, facts, null, state)));
  }

  private void read(
      List<ConsumerRecord<String, byte[]>> before, List<ConsumerRecord<String, byte[]>> later) {
    kafka.updateBeginningOffsets(Map.of(TOPIC, 0L));
    kafka.updateEndOffsets(Map.of(TOPIC, (long) before.size()));
    kafka.schedulePollTask(() -> before.forEach(kafka::addRecord));
    kafka.schedulePollTask(() -> later.forEach(kafka::addRecord));
    guard.admit(kafka, () -> true);
  }

  @Test
  void isAdmittedAtOnceAfterARunOnTheSameMachine() {
    read(List.of(heartbeat(0, NODE, new Session("before", "here"))), List.of());
    assertThat(guard.isAdmitted()).isTrue();
  }

  @Test
  void isAdmittedIfTheAgentOnAnotherMachineIsSilent() {
    read(
        List.of(heartbeat(0, NODE, new Session("before", "there"))),
        List.of(heartbeat(1, OTHER, new Session("another", "there"))));
    assertThat(guard.isAdmitted()).isTrue();
  }

  @Test
  void isRefusedWhileAnotherAgentOfTheNodeLives() {
    var lives = new Session("lives", "there");
    assertThatIllegalStateException()
        .isThrownBy(
            () -> read(List.of(heartbeat(0, NODE, lives)), List.of(heartbeat(1, NODE, lives))))
        .withMessageContaining("another agent (session lives) runs as node " + NODE);
    assertThat(guard.isAdmitted()).isFalse();
  }
}
