package dev.slipway.command.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.command.ledger.LedgerNode;
import dev.slipway.command.messaging.AggregateLocks;
import dev.slipway.command.messaging.Commands;
import dev.slipway.command.node.NodeCommand.HearNode;
import dev.slipway.command.node.NodeCommand.LoseNode;
import dev.slipway.http.Directory;
import dev.slipway.model.Namespace;
import dev.slipway.model.node.Heartbeat;
import dev.slipway.model.node.NodeFacts;
import dev.slipway.model.node.NodeFacts.Capacity;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.wire.Topics;
import dev.slipway.model.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads a topic in memory by a clock that the test sets; commands change a ledger in memory. */
class NodeWatchTest {

  private static final TopicPartition TOPIC = new TopicPartition(Topics.HEARTBEATS.topic(), 0);
  private static final NodeId A = new NodeId("0a000000-0000-4000-8000-00000000000a");
  private static final NodeId B = new NodeId("0a000000-0000-4000-8000-00000000000b");
  private static final NodeFacts FACTS =
      new NodeFacts("host", List.of(), "10.0.0.1", "28.1", new Capacity(2, 4, 8), false);

  private final MockConsumer<String, byte[]> kafka = new MockConsumer<>("earliest");
  private final Map<NodeId, LedgerNode> ledger = new TreeMap<>();
  private final Heartbeats heartbeats = new Heartbeats();
  private Instant now = Instant.parse("2026-01-02T03:04:05Z");
  private long sent;
  private final NodeWatch watch =
      new NodeWatch(
          new Commands(bus(), new AggregateLocks(4)),
          () -> List.copyOf(ledger.values()),
          new NodeAdmission(new Directory(), new Namespace("admin"), true),
          Duration.ofSeconds(10),
          () -> now,
          heartbeats);

  private SimpleCommandBus bus() {
    var bus = SimpleCommandBus.builder().build();
    var _ =
        bus.subscribe(
            HearNode.class.getName(),
            message -> {
              var hear = (HearNode) message.getPayload();
              return ledger.put(hear.nodeId(), node(hear.nodeId(), true));
            });
    var _ =
        bus.subscribe(
            LoseNode.class.getName(),
            message -> {
              var id = ((LoseNode) message.getPayload()).nodeId();
              return ledger.put(id, node(id, false));
            });
    return bus;
  }

  private static LedgerNode node(NodeId id, boolean reachable) {
    return new LedgerNode(id, new Namespace("admin"), reachable, FACTS, List.of(), false);
  }

  @BeforeEach
  void begin() {
    kafka.updateBeginningOffsets(Map.of(TOPIC, 0L));
    kafka.updateEndOffsets(Map.of(TOPIC, 0L));
    watch.begin(kafka);
    turn();
  }

  private void turn() {
    watch.turn(kafka);
  }

  private void send(byte[] value) {
    kafka.addRecord(new ConsumerRecord<>(TOPIC.topic(), 0, sent, "key", value));
    kafka.updateEndOffsets(Map.of(TOPIC, ++sent));
  }

  private void beat(NodeId node, Instant byItsClock) {
    send(Wire.write(new Heartbeat(node, byItsClock, FACTS, null)));
  }

  /** Time passes, in which each of these nodes beats once a second. */
  private void pass(int seconds, NodeId... beating) {
    for (int i = 0; i < seconds; i++) {
      now = now.plusSeconds(1);
      for (var node : beating) {
        beat(node, now);
      }
      turn();
    }
  }

  private void kafkaIsAway(int seconds) {
    for (int i = 0; i < seconds; i++) {
      now = now.plusSeconds(1);
      kafka.setOffsetsException(new TimeoutException("away"));
      turn();
    }
  }

  private boolean reachable(NodeId node) {
    return ledger.containsKey(node) && ledger.get(node).reachable();
  }

  @Test
  void findsANodeThatIsSilent() {
    pass(3, A, B);
    pass(9, A);
    assertThat(reachable(B)).isTrue();
    pass(3, A);
    assertThat(reachable(A)).isTrue();
    assertThat(reachable(B)).isFalse();
    pass(1, A, B);
    assertThat(reachable(B)).isTrue();
  }

  @Test
  void losesNoNodeWhileKafkaIsAwayAndGivesEachTheWholeTimeAfterwards() {
    pass(15, A, B);
    kafkaIsAway(600);
    assertThat(reachable(A)).isTrue();
    pass(9);
    assertThat(reachable(A)).isTrue();
    pass(5, A);
    assertThat(reachable(A)).isTrue();
    assertThat(reachable(B)).isFalse();
  }

  @Test
  void saysSinceWhenHeartbeatsAreHeard() {
    pass(15, A);
    assertThat(heartbeats.haveBeenHeardSince(now.minusSeconds(12))).isTrue();
    kafkaIsAway(5);
    assertThat(heartbeats.haveBeenHeardSince(now)).isFalse();
    pass(5, A);
    assertThat(heartbeats.haveBeenHeardSince(now.minusSeconds(3))).isTrue();
    assertThat(heartbeats.haveBeenHeardSince(now.minusSeconds(8))).isFalse();
  }

  @Test
  void findsSilentNodesAmongManyThatNeverPause() {
    pass(3, A, B);
    for (int i = 0; i < 30; i++) {
      now = now.plusMillis(500);
      beat(A, now);
      kafka.updateEndOffsets(Map.of(TOPIC, sent + 1)); // one more is sent while it reads
      turn();
    }
    assertThat(reachable(A)).isTrue();
    assertThat(reachable(B)).isFalse();
  }

  @Test
  void doesNotCareWhatTheClocksOfAgentsSay() {
    for (int i = 0; i < 20; i++) {
      now = now.plusSeconds(1);
      beat(A, now.minus(Duration.ofDays(400)));
      beat(B, now.plus(Duration.ofDays(400)));
      turn();
    }
    assertThat(reachable(A)).isTrue();
    assertThat(reachable(B)).isTrue();
    pass(12);
    assertThat(reachable(A)).isFalse();
    assertThat(reachable(B)).isFalse();
  }

  @Test
  void takesNothingForNewsThatIsFromBeforeItListened() {
    beat(A, now);
    kafka.updateBeginningOffsets(Map.of(TOPIC, 0L));
    watch.begin(kafka);
    turn();
    pass(3, B);
    assertThat(ledger).containsOnlyKeys(B);
  }

  @Test
  void passesOverWhatIsNoHeartbeat() {
    send("not JSON".getBytes(UTF_8));
    send("{}".getBytes(UTF_8));
    kafka.addRecord(new ConsumerRecord<>(TOPIC.topic(), 0, sent++, "key", null));
    pass(1, A);
    assertThat(reachable(A)).isTrue();
  }

  @Test
  void tellsOfANodeAgainThatAnotherProcessHasLost() {
    pass(3, A);
    ledger.put(A, node(A, false));
    pass(1, A);
    assertThat(reachable(A)).isTrue();
  }
}
