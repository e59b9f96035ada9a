package dev.slipway.command.node;

import dev.slipway.command.ledger.LedgerNode;
import dev.slipway.command.ledger.LedgerReader;
import dev.slipway.command.messaging.Commands;
import dev.slipway.command.messaging.KafkaClients;
import dev.slipway.command.messaging.Worker;
import dev.slipway.command.node.NodeCommand.HearNode;
import dev.slipway.command.node.NodeCommand.LoseNode;
import dev.slipway.model.Namespace;
import dev.slipway.model.node.Heartbeat;
import dev.slipway.model.node.NodeFacts;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.wire.Topics;
import dev.slipway.model.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to heartbeats and tells what is new in them, and of nodes that fell silent. Only the
 * thread of its worker uses it.
 */
public final class NodeWatch {

  private static final Logger LOG = LoggerFactory.getLogger(NodeWatch.class);
  private static final String PART = "node-watch";

  private final Commands commands;
  private final LedgerReader ledger;
  private final KafkaClients kafka;
  private final NodeAdmission admission;
  private final Duration longestSilence;
  private final InstantSource clock;
  private final Heartbeats heartbeats;
  private final Map<NodeId, Instant> lastHeard = new HashMap<>();
  private final Set<NodeId> turnedAway = new HashSet<>();
  private final Map<NodeId, NodeFacts> lastTold = new HashMap<>();

  public NodeWatch(
      Commands commands,
      LedgerReader ledger,
      KafkaClients kafka,
      NodeAdmission admission,
      Duration longestSilence,
      InstantSource clock,
      Heartbeats heartbeats) {
    this.commands = commands;
    this.ledger = ledger;
    this.kafka = kafka;
    this.admission = admission;
    this.longestSilence = longestSilence;
    this.clock = clock;
    this.heartbeats = heartbeats;
  }

  /** Watches until the worker stops. */
  public void watch(Worker worker) {
    try (var consumer = kafka.consumer()) {
      var heartbeats = new TopicPartition(Topics.HEARTBEATS.topic(), 0);
      consumer.assign(java.util.List.of(heartbeats));
      consumer.seekToBeginning(consumer.assignment());
      lastTold.clear();
      var listeningSince = clock.instant();
      while (worker.isRunning()) {
        hear(consumer);
        loseTheSilent(listeningSince);
      }
    }
  }

  private void hear(Consumer<String, byte[]> consumer) {
    var newest = new HashMap<NodeId, Heartbeat>();
    for (var kafka : consumer.poll(Duration.ofMillis(500))) {
      var heartbeat = Wire.read(kafka.value(), Heartbeat.class);
      newest.put(heartbeat.node(), heartbeat);
    }
    newest.values().forEach(this::hear);
  }

  private void hear(Heartbeat heartbeat) {
    heartbeats.heard(heartbeat);
    var now = clock.instant();
    if (heartbeat.at().isBefore(now.minus(longestSilence))) {
      return; // from before this process: it says nothing about now
    }
    lastHeard.put(heartbeat.node(), now);
    if (!heartbeat.facts().equals(lastTold.get(heartbeat.node()))) {
      namespace(heartbeat, now).ifPresent(namespace -> tell(heartbeat, namespace));
    }
  }

  private void tell(Heartbeat heartbeat, Namespace namespace) {
    commands.send(
        new HearNode(heartbeat.node(), namespace, heartbeat.facts()), heartbeat.node(), PART);
    lastTold.put(heartbeat.node(), heartbeat.facts());
  }

  /** Of a node that is known it counts no more what it brings. */
  private Optional<Namespace> namespace(Heartbeat heartbeat, Instant now) {
    var node = heartbeat.node();
    var known =
        ledger.nodes().stream().filter(one -> one.id().equals(node)).map(LedgerNode::namespace);
    var namespace = known.findFirst().or(() -> admission.admit(heartbeat.token(), now));
    if (namespace.isEmpty() && turnedAway.add(node)) {
      LOG.warn(
          "Node {} ({}) is not let in: it needs a token of POST /api/infra/v1/token/ that has not"
              + " expired",
          heartbeat.facts().name(),
          node);
    }
    return namespace;
  }

  private void loseTheSilent(Instant listeningSince) {
    var limit = clock.instant().minus(longestSilence);
    if (listeningSince.isAfter(limit)) {
      return;
    }
    ledger.nodes().stream()
        .filter(LedgerNode::reachable)
        .map(LedgerNode::id)
        .filter(node -> lastHeard.getOrDefault(node, Instant.MIN).isBefore(limit))
        .forEach(this::lose);
  }

  private void lose(NodeId node) {
    commands.send(new LoseNode(node), node, PART);
    lastTold.remove(node);
  }
}
