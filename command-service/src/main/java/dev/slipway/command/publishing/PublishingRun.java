package dev.slipway.command.publishing;

import dev.slipway.command.publishing.AssignmentFold.Change;
import dev.slipway.command.publishing.EventLog.Position;
import dev.slipway.command.publishing.EventLog.Stored;
import dev.slipway.command.publishing.TakeOver.Beginning;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.wire.EventRecords;
import dev.slipway.model.wire.Topics;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** One publisher's work from its take-over on. Only the publisher's thread uses it. */
final class PublishingRun {

  private static final int BATCH = 500;
  private static final int CATCH_UP_BATCH = 5_000;
  private static final Duration BETWEEN_MARKS = Duration.ofMillis(500);
  private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final EventLog log;
  private final Producer<String, byte[]> producer;
  private final Consumer<String, byte[]> ends;
  private final AssignmentFold assignments;
  private final AssignmentLists lists;
  private final Beginning beginning;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final Map<TopicPartition, Long> acknowledged = new ConcurrentHashMap<>();
  private final Map<String, Long> lastSent = new HashMap<>();
  private final Map<ContainerId, Delayed> delayed = new LinkedHashMap<>();
  private Position sent;
  private Position marked;
  private long lastMark = System.nanoTime();
  private long lastCheck = System.nanoTime();

  /** An assignment that waits for those that replace it. */
  private record Delayed(Change change, long position) {}

  /**
   * @param ends asks Kafka how far its partitions reach
   */
  PublishingRun(
      EventLog log,
      Producer<String, byte[]> producer,
      Consumer<String, byte[]> ends,
      AssignmentFold assignments,
      AssignmentLists lists,
      Beginning beginning) {
    this.log = log;
    this.producer = producer;
    this.ends = ends;
    this.assignments = assignments;
    this.lists = lists;
    this.beginning = beginning;
    this.sent = beginning.from();
    this.marked = beginning.marked();
    beginning.fill().has().forEach((partition, last) -> lastSent.put(partition.toString(), last));
    assignments.forget();
  }

  /** How far Kafka is filled, in percent; 100 when there is nothing to catch up with. */
  int percent() {
    long from = beginning.from().number();
    long whole = beginning.target() - from;
    return whole <= 0 ? 100 : (int) Math.min(100, 100 * (sent.number() - from) / whole);
  }

  /**
   * Sends the next of what the log had at the take-over. Records that Kafka has are left out, and
   * of assignments only the newest of each container is sent, when all are known: agents act on
   * each.
   *
   * @return whether there is more
   */
  boolean catchUp() throws Exception {
    if (sent.number() < beginning.target()) {
      for (var event : log.after(sent, CATCH_UP_BATCH)) {
        if (event.position().number() > beginning.target()) {
          break;
        }
        catchUp(event);
        sent = event.position();
      }
      throwFailure();
    }
    if (sent.number() < beginning.target()) {
      return true;
    }
    for (var one : delayed.values()) {
      send(one.change().record(), one.position());
    }
    delayed.clear();
    return false;
  }

  private void catchUp(Stored stored) throws SQLException {
    long position = stored.position().number();
    var topic = Partitioning.topic(stored.aggregate());
    var partition = beginning.partitioning().of(topic, stored.envelope().subject());
    if (!KafkaComparison.isThere(beginning.fill(), partition, position)) {
      send(record(topic, partition, stored), position);
    }
    for (var change : follow(topic, stored)) {
      delay(change, position);
    }
  }

  private void delay(Change change, long position) {
    var partition = new TopicPartition(Topics.ASSIGNMENTS.topic(), change.partition());
    if (KafkaComparison.isThere(beginning.fill(), partition, position)) {
      return;
    }
    delayed.remove(change.container());
    boolean isEmpty = beginning.fill().has().getOrDefault(partition, 0L) == 0;
    if (change.value() != null || !isEmpty) {
      delayed.put(change.container(), new Delayed(change, position));
    }
  }

  /**
   * Sends the next events.
   *
   * @return whether there were any
   */
  boolean publishNext() throws Exception {
    var events = log.after(sent, BATCH);
    for (var event : events) {
      send(event);
      sent = event.position();
    }
    lists
        .due(sent, beginning.identity())
        .forEach(list -> send(AssignmentLists.record(list), list.asOf().position()));
    throwFailure();
    checkKafka();
    return !events.isEmpty();
  }

  private void send(Stored stored) throws SQLException {
    long position = stored.position().number();
    var topic = Partitioning.topic(stored.aggregate());
    var partition = beginning.partitioning().of(topic, stored.envelope().subject());
    send(record(topic, partition, stored), position);
    for (var change : follow(topic, stored)) {
      send(change.record(), position);
    }
  }

  private static ProducerRecord<String, byte[]> record(
      Topics topic, TopicPartition partition, Stored stored) {
    return EventRecords.write(
        topic, partition.partition(), stored.envelope(), stored.type(), stored.revision());
  }

  private List<Change> follow(Topics topic, Stored stored) throws SQLException {
    if (topic == Topics.SERVICE_EVENTS) {
      var event = (ServiceEvent) stored.event();
      lists.follow(event);
      return assignments.after(event, stored.envelope(), log);
    }
    if (topic == Topics.NODE_EVENTS) {
      lists.follow(stored.event());
    }
    return List.of();
  }

  private void send(ProducerRecord<String, byte[]> message, long position) {
    beginning.identity().at(position).writeTo(message.headers());
    lastSent.put(message.topic() + "-" + message.partition(), position);
    var _ =
        producer.send(
            message,
            (metadata, problem) -> {
              if (problem != null) {
                failure.compareAndSet(null, problem);
              } else {
                acknowledged.merge(
                    new TopicPartition(metadata.topic(), metadata.partition()),
                    metadata.offset(),
                    Math::max);
              }
            });
  }

  /** Notices that Kafka has lost records while it was published to. */
  private void checkKafka() {
    if (System.nanoTime() - lastCheck < BETWEEN_CHECKS.toNanos() || acknowledged.isEmpty()) {
      return;
    }
    lastCheck = System.nanoTime();
    ends.assign(acknowledged.keySet()); // the client warns of offsets of other partitions
    ends.endOffsets(acknowledged.keySet(), TIMEOUT)
        .forEach(
            (partition, end) -> {
              if (end <= acknowledged.getOrDefault(partition, -1L)) {
                throw new IllegalStateException(
                    "Kafka has lost records of %s; it is compared with PostgreSQL again"
                        .formatted(partition));
              }
            });
  }

  /**
   * Records how far the log is published.
   *
   * @param idle nothing else is to be done: the mark is written sooner
   */
  void mark(boolean idle) throws Exception {
    if (sent.equals(marked) || !isDue(idle)) {
      return;
    }
    producer.flush();
    throwFailure();
    log.markPublished(sent, lastSent);
    marked = sent;
    lastMark = System.nanoTime();
  }

  /** When idle, a mark at each pause would cost a write a batch: a tenth of a second will do. */
  private boolean isDue(boolean idle) {
    long since = System.nanoTime() - lastMark;
    return since > BETWEEN_MARKS.toNanos() / (idle ? 5 : 1);
  }

  private void throwFailure() throws Exception {
    var problem = failure.get();
    if (problem != null) {
      throw problem;
    }
  }
}
