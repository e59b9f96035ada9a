package dev.slipway.command.node;

import dev.slipway.command.ledger.LedgerNode;
import dev.slipway.command.messaging.Attempts;
import dev.slipway.command.messaging.Commands;
import dev.slipway.command.messaging.KafkaClients;
import dev.slipway.command.messaging.Readable;
import dev.slipway.command.node.NodeCommand.HearNode;
import dev.slipway.command.node.NodeCommand.LoseNode;
import dev.slipway.model.Namespace;
import dev.slipway.model.node.Heartbeat;
import dev.slipway.model.node.NodeFacts;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.wire.Topics;
import dev.slipway.model.wire.Wire;
import dev.slipway.runtime.BackgroundTask;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to heartbeats and tells what is new in them, and of nodes that fell silent while it
 * listened. Only the thread of its worker uses it.
 */
public final class NodeWatch {

  private static final Logger LOG = LoggerFactory.getLogger(NodeWatch.class);
  private static final String PART = "node-watch";
  private static final TopicPartition TOPIC = new TopicPartition(Topics.HEARTBEATS.topic(), 0);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final Commands commands;
  private final Supplier<List<LedgerNode>> nodes;
  private final NodeAdmission admission;
  private final InstantSource clock;
  private final Heartbeats heartbeats;
  private final Duration longestSilence;
  private final Attempts attempts = new Attempts(PART);
  private final Set<NodeId> turnedAway = new HashSet<>();
  private final Map<NodeId, NodeFacts> lastTold = new HashMap<>();
  private Silence silence;
  private Instant nextLook = Instant.MIN;
  private @Nullable Goal goal;

  /** Whoever has read up to this offset has heard all that had been sent by then. */
  private record Goal(long offset, Instant then) {}

  public NodeWatch(
      Commands commands,
      Supplier<List<LedgerNode>> nodes,
      NodeAdmission admission,
      Duration longestSilence,
      InstantSource clock,
      Heartbeats heartbeats) {
    this.commands = commands;
    this.nodes = nodes;
    this.admission = admission;
    this.clock = clock;
    this.heartbeats = heartbeats;
    this.longestSilence = longestSilence;
    this.silence = new Silence(longestSilence);
  }

  /** Watches until the worker stops. */
  public void watch(BackgroundTask worker, KafkaClients kafka) {
    try (var consumer = kafka.consumer()) {
      begin(consumer);
      while (worker.isRunning()) {
        turn(consumer);
      }
    } finally {
      heartbeats.heardSince(null);
    }
  }

  void begin(Consumer<String, byte[]> consumer) {
    consumer.assign(List.of(TOPIC));
    consumer.seekToBeginning(List.of(TOPIC));
    silence = new Silence(longestSilence);
    lastTold.clear();
    goal = null;
  }

  void turn(Consumer<String, byte[]> consumer) {
    hear(consumer);
    if (!clock.instant().isBefore(nextLook) && isUpToDate(consumer)) {
      silence.upToDate(Objects.requireNonNull(goal).then());
      goal = null;
      nextLook = clock.instant().plus(BETWEEN_LOOKS);
      judge();
    }
    heartbeats.heardSince(silence.since(clock.instant()));
  }

  private void hear(Consumer<String, byte[]> consumer) {
    var newest = new HashMap<NodeId, Heartbeat>();
    Readable.of(consumer.poll(BETWEEN_LOOKS), NodeWatch::heartbeat)
        .forEach(heartbeat -> newest.put(heartbeat.node(), heartbeat));
    newest.values().forEach(this::hear);
  }

  private static Heartbeat heartbeat(byte[] json) {
    var heartbeat = Wire.read(json, Heartbeat.class);
    Objects.requireNonNull(heartbeat.node());
    Objects.requireNonNull(heartbeat.facts());
    return heartbeat;
  }

  private void hear(Heartbeat heartbeat) {
    heartbeats.heard(heartbeat);
    if (silence.isNews()) {
      silence.heard(heartbeat.node(), clock.instant());
      if (!heartbeat.facts().equals(lastTold.get(heartbeat.node()))) {
        tell(heartbeat);
      }
    }
  }

  private void tell(Heartbeat heartbeat) {
    var node = heartbeat.node();
    attempts.attempt(
        node, () -> namespace(heartbeat).ifPresent(namespace -> tell(heartbeat, namespace)));
  }

  private void tell(Heartbeat heartbeat, Namespace namespace) {
    var node = heartbeat.node();
    commands.send(new HearNode(node, namespace, heartbeat.facts()), node, PART);
    lastTold.put(node, heartbeat.facts());
  }

  /** Of a node that is known it counts no more what it brings. */
  private Optional<Namespace> namespace(Heartbeat heartbeat) {
    var node = heartbeat.node();
    var known =
        nodes.get().stream().filter(one -> one.id().equals(node)).map(LedgerNode::namespace);
    var namespace = known.findFirst().or(() -> admission.admit(heartbeat.token(), clock.instant()));
    if (namespace.isEmpty() && turnedAway.add(node)) {
      LOG.warn(
          "Node {} ({}) is not let in: it needs a token of POST /api/infra/v1/token/ that has not"
              + " expired",
          heartbeat.facts().name(),
          node);
    }
    return namespace;
  }

  /** A poll gives nothing if nobody sends, and also if Kafka is away: so Kafka is asked. */
  private boolean isUpToDate(Consumer<String, byte[]> consumer) {
    try {
      if (goal == null) {
        var now = clock.instant();
        goal = new Goal(consumer.endOffsets(List.of(TOPIC), PATIENCE).getOrDefault(TOPIC, 0L), now);
      }
      return consumer.position(TOPIC, PATIENCE) >= goal.offset();
    } catch (TimeoutException away) {
      return false;
    }
  }

  /** Another process may have lost a node that is heard here: it is told of again. */
  private void judge() {
    for (var node : nodes.get()) {
      var id = node.id();
      if (node.reachable() && silence.isSilent(id)) {
        attempts.attempt(id, () -> lose(id));
      } else if (!node.reachable() && silence.isHeard(id, clock.instant())) {
        Optional.ofNullable(heartbeats.last(id)).ifPresent(this::tell);
      }
    }
  }

  private void lose(NodeId node) {
    commands.send(new LoseNode(node), node, PART);
    lastTold.remove(node);
  }
}
