package dev.slipway.agent;

import dev.slipway.model.node.AgentState.Session;
import dev.slipway.model.node.Heartbeat;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.wire.Topics;
import dev.slipway.model.wire.Wire;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Refuses to start beside another agent of the same node: if the node's last heartbeat came from
 * another machine, it waits for the next ones, and does nothing as long as they come.
 */
final class SessionGuard {

  private static final TopicPartition HEARTBEATS = new TopicPartition(Topics.HEARTBEATS.topic(), 0);
  private static final Duration POLL = Duration.ofMillis(200);

  private final NodeId node;
  private final Session own;
  private final Duration patience;
  private volatile boolean admitted;

  /**
   * @param patience how long heartbeats of another agent are waited for
   */
  SessionGuard(NodeId node, Session own, Duration patience) {
    this.node = node;
    this.own = own;
    this.patience = patience;
  }

  Session session() {
    return own;
  }

  boolean isAdmitted() {
    return admitted;
  }

  /** Does something unless another agent may be there. */
  void ifAdmitted(Runnable work) {
    if (admitted) {
      work.run();
    }
  }

  /** Likewise, with a consumer that is made for it if it is needed. */
  void admit(Supplier<Consumer<String, byte[]>> consumers, BooleanSupplier running) {
    if (!admitted) {
      try (var consumer = consumers.get()) {
        admit(consumer, running);
      }
    }
  }

  /**
   * Returns once this agent is known to be the node's only one.
   *
   * @throws IllegalStateException if another agent sends heartbeats as this node
   */
  void admit(Consumer<String, byte[]> consumer, BooleanSupplier running) {
    consumer.assign(List.of(HEARTBEATS));
    consumer.seekToBeginning(List.of(HEARTBEATS));
    long end = consumer.endOffsets(List.of(HEARTBEATS)).getOrDefault(HEARTBEATS, 0L);
    @Nullable Session last = null;
    while (running.getAsBoolean() && consumer.position(HEARTBEATS) < end) {
      last = poll(consumer, last);
    }
    if (last != null && !last.host().equals(own.host())) {
      refuseIfItLives(consumer, running);
    }
    admitted = running.getAsBoolean();
  }

  private void refuseIfItLives(Consumer<String, byte[]> consumer, BooleanSupplier running) {
    long begin = System.nanoTime();
    while (running.getAsBoolean() && System.nanoTime() - begin < patience.toNanos()) {
      var next = poll(consumer, null);
      if (next != null && !next.id().equals(own.id())) {
        throw new IllegalStateException(
            ("another agent (session %s) runs as node %s on another machine. Stop it, or delete the"
                    + " file node-id in this agent's folder to make this a node of its own")
                .formatted(next.id(), node));
      }
    }
  }

  /** The session of the last heartbeat of this node in the next records, or the one before. */
  private @Nullable Session poll(Consumer<String, byte[]> consumer, @Nullable Session before) {
    var last = before;
    for (var kafka : consumer.poll(POLL)) {
      if (node.value().equals(kafka.key()) && kafka.value() != null) {
        last = session(kafka.value());
      }
    }
    return last;
  }

  private static @Nullable Session session(byte[] json) {
    try {
      var agent = Wire.read(json, Heartbeat.class).agent();
      return agent == null ? null : agent.session();
    } catch (RuntimeException unreadable) {
      return null;
    }
  }
}
