package dev.slipway.command.publishing;

import dev.slipway.command.publishing.AssignmentFold.Change;
import dev.slipway.command.publishing.EventLog.Position;
import dev.slipway.command.publishing.EventLog.Stored;
import dev.slipway.command.publishing.TakeOver.Beginning;
import dev.slipway.model.account.AccountEvent;
import dev.slipway.model.node.NodeEvent;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.wire.EventRecords;
import dev.slipway.model.wire.Topics;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** One publisher's work from its take-over on. Only the publisher's thread uses it. */
final class PublishingRun {

  private static final int BATCH = 500;
  private static final int CATCH_UP_BATCH = 5_000;
  private static final Duration BETWEEN_MARKS = Duration.ofMillis(500);

  private final EventLog log;
  private final RecordSender sender;
  private final EventScreen screen;
  private final AssignmentFold assignments;
  private final AssignmentLists lists;
  private final Beginning beginning;
  private final NewestChanges delayed = new NewestChanges();
  private Position sent;
  private Position marked;
  private long lastMark = System.nanoTime();

  PublishingRun(
      EventLog log,
      RecordSender sender,
      EventScreen screen,
      AssignmentFold assignments,
      AssignmentLists lists,
      Beginning beginning) {
    this.log = log;
    this.sender = sender;
    this.screen = screen;
    this.assignments = assignments;
    this.lists = lists;
    this.beginning = beginning;
    this.sent = beginning.from();
    this.marked = beginning.marked();
    assignments.forget();
  }

  /** How far Kafka is filled, in percent; 100 when there is nothing to catch up with. */
  int percent() {
    long whole = beginning.behind();
    long done = sent.number() - beginning.from().number();
    return whole == 0 ? 100 : (int) Math.min(100, 100 * done / whole);
  }

  /**
   * Sends the next of what the log had at the take-over. Records that Kafka has are left out. Of
   * assignments only the newest of each container is sent, when all are known.
   *
   * @return whether there is more
   */
  boolean catchUp() throws Exception {
    if (sent.number() < beginning.target()) {
      for (var event : log.after(sent, CATCH_UP_BATCH)) {
        if (event.position().number() > beginning.target()) {
          break;
        }
        send(event, event.position().number(), this::missing);
        sent = event.position();
      }
      sender.throwFailure();
    }
    if (sent.number() < beginning.target()) {
      return true;
    }
    for (var one : delayed.take()) {
      var event = one.event();
      send(event, event.position().number(), _ -> List.of(one.change().record()));
    }
    return false;
  }

  /** The records of an event, without those that Kafka has and those that may be replaced. */
  private List<ProducerRecord<String, byte[]>> missing(Stored stored) throws SQLException {
    var topic = Partitioning.topic(stored.aggregate());
    boolean isThere =
        KafkaComparison.isThere(
            beginning.fill(), partition(topic, stored), stored.position().number());
    if (isThere && topic != Topics.SERVICE_EVENTS && topic != Topics.NODE_EVENTS) {
      return List.of();
    }
    var event = stored.event();
    for (var change : follow(event, stored)) {
      delay(change, stored);
    }
    return isThere ? List.of() : List.of(record(stored));
  }

  private void delay(Change change, Stored stored) {
    var partition = new TopicPartition(Topics.ASSIGNMENTS.topic(), change.partition());
    if (KafkaComparison.isThere(beginning.fill(), partition, stored.position().number())) {
      return;
    }
    delayed.remove(change.container());
    boolean isEmpty = beginning.fill().has().getOrDefault(partition, 0L) == 0;
    if (change.value() != null || !isEmpty) {
      delayed.put(change, stored);
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
      send(event, event.position().number(), this::records);
      sent = event.position();
    }
    lists
        .due(sent, beginning.identity())
        .forEach(list -> sender.send(AssignmentLists.record(list), list.asOf().position(), null));
    sender.throwFailure();
    sender.checkKafka();
    return !events.isEmpty();
  }

  void end(EndedContainers ended) throws SQLException {
    for (var message : ended.records(log)) {
      sender.send(message, sent.number(), null);
    }
  }

  private void send(Stored stored, long position, EventScreen.Records records) throws SQLException {
    for (var message : screen.pass(stored, records)) {
      sender.send(message, position, stored);
    }
  }

  private List<ProducerRecord<String, byte[]>> records(Stored stored) throws SQLException {
    var records = new ArrayList<ProducerRecord<String, byte[]>>();
    records.add(record(stored));
    for (var change : follow(stored.event(), stored)) {
      records.add(change.record());
    }
    return records;
  }

  private ProducerRecord<String, byte[]> record(Stored stored) {
    var topic = Partitioning.topic(stored.aggregate());
    return EventRecords.write(
        topic,
        partition(topic, stored).partition(),
        stored.envelope(),
        stored.type(),
        stored.revision());
  }

  private TopicPartition partition(Topics topic, Stored stored) {
    return beginning.partitioning().of(topic, stored.envelope().subject());
  }

  private List<Change> follow(Object event, Stored stored) throws SQLException {
    var changes =
        switch (event) {
          case ServiceEvent service -> assignments.after(service, stored.envelope(), log);
          case NodeEvent node -> Change.after(node).stream().toList();
          case AccountEvent account -> assignments.follow(account);
          default -> List.<Change>of();
        };
    lists.follow(event);
    return changes;
  }

  /** Sends what waited behind events that an operator has repaired. */
  void publishRepaired() throws Exception {
    for (var one : screen.repaired()) {
      publishAgain(one.subject(), one.sequence());
      screen.release(one, sent.number());
    }
  }

  /**
   * Sends what was repaired and published again before, if Kafka may have lost it since: comparing
   * positions does not show that.
   */
  void publishLostRepairs() throws Exception {
    for (var one : screen.repairedSince(beginning.fill().from())) {
      publishAgain(one.subject(), one.sequence());
      screen.publishedAgain(one, sent.number());
    }
  }

  /**
   * The records come after those that Kafka has, so that their stamps have the position that is
   * published by now. Of assignments only the newest of each container is sent.
   */
  private void publishAgain(String subject, long sequence) throws Exception {
    assignments.forget();
    var newest = new NewestChanges();
    for (var event : log.ofSubject(subject, sequence, sent)) {
      for (var message : screen.passRepaired(event, stored -> eventOnly(stored, newest))) {
        sender.send(message, sent.number(), event);
      }
    }
    for (var one : newest.take()) {
      sender.send(one.change().record(), sent.number(), one.event());
    }
    sender.flush();
  }

  private List<ProducerRecord<String, byte[]>> eventOnly(Stored stored, NewestChanges newest)
      throws SQLException {
    for (var change : follow(stored.event(), stored)) {
      newest.put(change, stored);
    }
    return List.of(record(stored));
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
    sender.flush();
    log.markPublished(sent, sender.lastSent());
    marked = sent;
    lastMark = System.nanoTime();
  }

  /** When idle, a mark at each pause would cost a write a batch: a tenth of a second will do. */
  private boolean isDue(boolean idle) {
    long since = System.nanoTime() - lastMark;
    return since > BETWEEN_MARKS.toNanos() / (idle ? 5 : 1);
  }
}
