package dev.slipway.command.publishing;

import dev.slipway.command.messaging.KafkaClients;
import dev.slipway.command.messaging.Worker;
import dev.slipway.command.publishing.EventLog.Position;
import dev.slipway.command.publishing.EventLog.Stored;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.wire.EventRecords;
import dev.slipway.model.wire.Topics;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Sends the log on to Kafka, in its order. Invariants:
 *
 * <ul>
 *   <li>one process publishes at a time, the one that holds the database's lock;
 *   <li>the mark of what is published never runs ahead of what Kafka has acknowledged;
 *   <li>after any failure it begins again at the mark: events are sent twice rather than not.
 * </ul>
 */
public final class Publisher {

  private static final int BATCH = 500;
  private static final Duration LONGEST_SLEEP = Duration.ofMillis(50);

  private static final Duration LONGEST_GATHERING = Duration.ofMillis(5);
  private static final Duration GLANCE = Duration.ofNanos(100_000);

  private static final Duration BETWEEN_MARKS = Duration.ofMillis(500);
  private static final Duration BETWEEN_TRIES_FOR_THE_LOCK = Duration.ofSeconds(1);

  private final DataSource dataSource;
  private final KafkaClients kafka;
  private final AssignmentFold assignments;
  private final BooleanSupplier moreIsComing;
  private final Semaphore wakeUps = new Semaphore(0);

  /**
   * @param moreIsComing whether somebody in this process is about to store events
   */
  public Publisher(
      DataSource dataSource,
      KafkaClients kafka,
      AssignmentFold assignments,
      BooleanSupplier moreIsComing) {
    this.dataSource = dataSource;
    this.kafka = kafka;
    this.assignments = assignments;
    this.moreIsComing = moreIsComing;
  }

  /** Says that the log has grown. */
  public void wake() {
    wakeUps.release();
  }

  /** Publishes until the worker stops or something fails. */
  public void publish(Worker worker) throws Exception {
    try (var connection = dataSource.getConnection()) {
      var log = new EventLog(connection);
      if (!log.becomesThePublisher()) {
        worker.pause(BETWEEN_TRIES_FOR_THE_LOCK);
        return;
      }
      try (var producer = kafka.producer()) {
        log.doNotWaitForTheDisk();
        new Run(log, producer).until(worker);
      } finally {
        log.isNoLongerThePublisher();
      }
    }
  }

  private final class Run {

    private final EventLog log;
    private final Producer<String, byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private Position sent;
    private Position marked;
    private long lastMark = System.nanoTime();

    Run(EventLog log, Producer<String, byte[]> producer) throws SQLException {
      this.log = log;
      this.producer = producer;
      this.marked = log.published();
      this.sent = marked;
      assignments.forget();
    }

    void until(Worker worker) throws Exception {
      while (worker.isRunning()) {
        gather();
        wakeUps.drainPermits();
        var events = log.after(sent, BATCH);
        for (var event : events) {
          send(event);
          sent = event.position();
        }
        throwFailure();
        mark(events.isEmpty());
        if (events.isEmpty()) {
          boolean _ = wakeUps.tryAcquire(LONGEST_SLEEP.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
      mark(true);
    }

    /** Everything behind here costs by the batch: what is about to be stored goes along. */
    private void gather() {
      long begin = System.nanoTime();
      while (moreIsComing.getAsBoolean()
          && System.nanoTime() - begin < LONGEST_GATHERING.toNanos()) {
        LockSupport.parkNanos(GLANCE.toNanos());
      }
    }

    private void send(Stored stored) throws SQLException {
      send(EventRecords.write(topic(stored), stored.envelope(), stored.type(), stored.revision()));
      if (topic(stored) == Topics.SERVICE_EVENTS) {
        assignments
            .after((ServiceEvent) stored.event(), stored.envelope(), log)
            .forEach(this::send);
      }
    }

    private void send(ProducerRecord<String, byte[]> message) {
      var _ =
          producer.send(
              message,
              (_, problem) -> {
                if (problem != null) {
                  failure.compareAndSet(null, problem);
                }
              });
    }

    private void mark(boolean idle) throws Exception {
      boolean due = System.nanoTime() - lastMark > BETWEEN_MARKS.toNanos();
      if (sent.equals(marked) || !(due || (idle && producerIsDone()))) {
        return;
      }
      producer.flush();
      throwFailure();
      log.markPublished(sent);
      marked = sent;
      lastMark = System.nanoTime();
    }

    /** When idle, a mark at each pause would cost a write a batch: a tenth of a second will do. */
    private boolean producerIsDone() {
      return System.nanoTime() - lastMark > BETWEEN_MARKS.toNanos() / 5;
    }

    private void throwFailure() throws Exception {
      var problem = failure.get();
      if (problem != null) {
        throw problem;
      }
    }
  }

  private static Topics topic(Stored stored) {
    return switch (stored.aggregate()) {
      case "Service" -> Topics.SERVICE_EVENTS;
      case "Stack" -> Topics.STACK_EVENTS;
      case "Node" -> Topics.NODE_EVENTS;
      case "Action" -> Topics.ACTION_EVENTS;
      case "Account" -> Topics.ACCOUNT_EVENTS;
      default -> throw new IllegalStateException("No topic takes events of " + stored.aggregate());
    };
  }
}
