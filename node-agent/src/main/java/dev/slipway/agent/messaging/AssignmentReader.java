package dev.slipway.agent.messaging;

import dev.slipway.agent.reconcile.ReconcileLoop;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.AssignmentList;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.wire.LogStamp;
import dev.slipway.model.wire.Topics;
import dev.slipway.model.wire.Wire;
import dev.slipway.runtime.KafkaLogins;
import dev.slipway.runtime.TopicMissing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads this node's assignments: all from the beginning at first, and new ones as they come. While
 * the topic is empty, older than what this agent has read, or of another installation, nothing in
 * it is acted on.
 */
public final class AssignmentReader {

  private static final Logger LOG = LoggerFactory.getLogger(AssignmentReader.class);

  private final String servers;
  private final NodeId node;
  private final ReconcileLoop loop;
  private final LogCheckpoint checkpoint;
  private @Nullable LogStamp newestList;
  private @Nullable LogStamp readAgainFor;
  private volatile @Nullable String problem = "assignments have not been read yet";

  public AssignmentReader(
      String servers, NodeId node, ReconcileLoop loop, LogCheckpoint checkpoint) {
    this.servers = servers;
    this.node = node;
    this.loop = loop;
    this.checkpoint = checkpoint;
  }

  /** Why assignments are not acted on at present; null if they are. */
  public @Nullable String problem() {
    return problem;
  }

  /** Reads until it is told to stop, or Kafka fails. */
  public void read(BooleanSupplier running) {
    try (var consumer = consumer()) {
      read(consumer, running);
    }
  }

  void read(Consumer<String, byte[]> consumer, BooleanSupplier running) {
    var topic = Topics.ASSIGNMENTS;
    int partitions = consumer.partitionsFor(topic.topic()).size();
    if (partitions == 0) {
      throw new TopicMissing(topic.topic());
    }
    var mine = new TopicPartition(topic.topic(), Topics.partitionOf(node, partitions));
    consumer.assign(List.of(mine));
    consumer.seekToBeginning(List.of(mine));
    long end = consumer.endOffsets(List.of(mine)).getOrDefault(mine, 0L);
    var gathered = new GatheredAssignments();
    while (running.getAsBoolean() && consumer.position(mine) < end) {
      consumer.poll(Duration.ofMillis(200)).forEach(message -> gather(message, gathered));
    }
    boolean begun = running.getAsBoolean() && begin(gathered);
    while (running.getAsBoolean() && !mustReadAgain()) {
      var messages = consumer.poll(Duration.ofMillis(200));
      if (begun) {
        messages.forEach(this::take);
        checkpoint.save();
      } else if (!messages.isEmpty()) {
        messages.forEach(message -> gather(message, gathered));
        begun = begin(gathered);
      }
    }
  }

  /**
   * A topic that was made anew may have been filled beyond where this consumer stood: a list then
   * names containers whose records were missed. The topic is read again once for each list.
   */
  private boolean mustReadAgain() {
    var list = newestList;
    if (list == null || list.equals(readAgainFor) || loop.withoutRecord().isEmpty()) {
      return false;
    }
    readAgainFor = list;
    return true;
  }

  /**
   * Hands over what was gathered, unless it cannot be trusted.
   *
   * @return whether it was handed over
   */
  private boolean begin(GatheredAssignments gathered) {
    var obstacle = gathered.problem(checkpoint.seen());
    if (obstacle != null) {
      if (!obstacle.equals(problem)) {
        LOG.error("No assignment is acted on, containers stay as they are: {}", obstacle);
      }
      problem = obstacle;
      return false;
    }
    var list = gathered.list();
    if (list != null) {
      checkpoint.advance(list.asOf());
      readAgainFor = list.asOf(); // it has just been read from the beginning
      accept(list);
    }
    loop.end(gathered.ended());
    gathered.wanted().forEach(this::advance);
    loop.assignAll(gathered.wanted());
    problem = null;
    checkpoint.save();
    return true;
  }

  private void accept(AssignmentList list) {
    newestList = list.asOf();
    loop.accept(list);
  }

  private void advance(Assignment assignment) {
    var stamp = assignment.stamp();
    if (stamp != null) {
      checkpoint.advance(stamp);
    }
  }

  /**
   * What was wanted in between is not followed: a container that has gone since would be made
   * again.
   */
  private void gather(ConsumerRecord<String, byte[]> message, GatheredAssignments gathered) {
    LogStamp.read(message.headers()).ifPresent(gathered::saw);
    if (AssignmentList.isKey(message.key())) {
      list(message).ifPresent(gathered::add);
    } else if (message.value() == null) {
      gathered.end(new ContainerId(message.key()), LogStamp.read(message.headers()).orElse(null));
    } else {
      assignment(message).ifPresent(gathered::add);
    }
  }

  private void take(ConsumerRecord<String, byte[]> message) {
    var stamp = LogStamp.read(message.headers()).orElse(null);
    if (stamp != null && isForeignOrOlder(stamp)) {
      return;
    }
    if (AssignmentList.isKey(message.key())) {
      list(message).ifPresent(this::accept);
    } else if (message.value() == null) {
      loop.end(List.of(new ContainerId(message.key())));
    } else {
      assignment(message).ifPresent(loop::assign);
    }
    if (stamp != null) {
      checkpoint.advance(stamp);
      problem = null;
    }
  }

  /** Whether a record is not of the log that this agent follows. */
  private boolean isForeignOrOlder(LogStamp stamp) {
    var seen = checkpoint.seen();
    if (seen == null) {
      return false;
    }
    if (!seen.isOfSameInstallation(stamp)) {
      var foreign =
          "Kafka has the log of another installation (%s); this node belongs to %s"
              .formatted(stamp.installation(), seen.installation());
      if (!foreign.equals(problem)) {
        LOG.error("Assignment ignored: {}", foreign);
      }
      problem = foreign;
      return true;
    }
    return stamp.term().number() < seen.term().number();
  }

  private Optional<AssignmentList> list(ConsumerRecord<String, byte[]> message) {
    return message.value() == null
        ? Optional.empty()
        : readable(message, AssignmentList.class).filter(list -> list.node().equals(node));
  }

  private Optional<Assignment> assignment(ConsumerRecord<String, byte[]> message) {
    return readable(message, Assignment.class)
        .filter(one -> one.node() != null && one.container() != null)
        .filter(one -> one.node().equals(node))
        .map(one -> one.with(LogStamp.read(message.headers()).orElse(null)));
  }

  /** One that cannot be read changes nothing: to wait for it would hold up every container. */
  private static <T> Optional<T> readable(ConsumerRecord<String, byte[]> message, Class<T> type) {
    try {
      return Optional.of(Objects.requireNonNull(Wire.read(message.value(), type)));
    } catch (RuntimeException unreadable) {
      LOG.warn(
          "Skipping record {} of {}-{}, an assignment of {}: it cannot be read",
          message.offset(),
          message.topic(),
          message.partition(),
          message.key());
      return Optional.empty();
    }
  }

  /** A consumer of no group, that keeps no offsets. */
  public Consumer<String, byte[]> consumer() {
    return new KafkaConsumer<>(
        KafkaLogins.settings(
            servers,
            Map.of(
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest")),
        new StringDeserializer(),
        new ByteArrayDeserializer());
  }
}
