package dev.slipway.command.publishing;

import dev.slipway.command.messaging.KafkaClients;
import dev.slipway.command.messaging.TopicSetup;
import dev.slipway.model.node.Heartbeat;
import dev.slipway.runtime.BackgroundTask;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the log on to Kafka, in its order. Invariants:
 *
 * <ul>
 *   <li>one process publishes at a time, the one that holds the database's lock;
 *   <li>the mark of what is published never runs ahead of what Kafka has acknowledged;
 *   <li>after any failure it takes over again: Kafka is compared with the log, and what is missing
 *       in it is sent.
 * </ul>
 */
public final class Publisher {

  private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
  private static final Duration LONGEST_SLEEP = Duration.ofMillis(50);

  private static final Duration LONGEST_GATHERING = Duration.ofMillis(5);
  private static final Duration GLANCE = Duration.ofNanos(100_000);

  private static final Duration BETWEEN_LOG_LINES = Duration.ofSeconds(3);
  private static final Duration BETWEEN_TRIES_FOR_THE_LOCK = Duration.ofSeconds(1);

  private final DataSource dataSource;
  private final KafkaClients kafka;
  private final AssignmentFold assignments;
  private final ParkedSubjects parked;
  private final BooleanSupplier moreIsComing;
  private final Semaphore wakeUps = new Semaphore(0);
  private final AtomicInteger leastTerm = new AtomicInteger(1);
  private final EndedContainers ended = new EndedContainers();
  private volatile @Nullable LogIdentity identity;
  private volatile PublishingProgress progress = PublishingProgress.BEGINNING;
  private volatile @Nullable String problem;

  /**
   * @param moreIsComing whether somebody in this process is about to store events
   */
  public Publisher(
      DataSource dataSource,
      KafkaClients kafka,
      AssignmentFold assignments,
      ParkedSubjects parked,
      BooleanSupplier moreIsComing) {
    this.dataSource = dataSource;
    this.kafka = kafka;
    this.assignments = assignments;
    this.parked = parked;
    this.moreIsComing = moreIsComing;
  }

  /** Says that the log has grown. */
  public void wake() {
    wakeUps.release();
  }

  /** Publishes until the task stops or something fails. Only the publisher creates topics. */
  public void publish(BackgroundTask task, TopicSetup topics) throws Exception {
    try (var connection = dataSource.getConnection();
        var lock = new PublisherLock(connection)) {
      if (lock.take()) {
        progress = PublishingProgress.BEGINNING;
        publish(task, topics, connection, lock);
      } else {
        progress = PublishingProgress.STANDBY;
        topics.readLimits();
        task.pause(BETWEEN_TRIES_FOR_THE_LOCK);
      }
    } catch (ForeignKafka foreign) {
      problem = foreign.getMessage();
      throw foreign;
    } finally {
      identity = null;
      progress = PublishingProgress.STANDBY;
    }
  }

  private void publish(
      BackgroundTask task, TopicSetup topics, Connection connection, PublisherLock lock)
      throws Exception {
    topics.createWhatIsMissing();
    var log = new EventLog(connection);
    var lists = AssignmentLists.begin(connection, log);
    var beginning = new TakeOver(connection, log, kafka, topics).begin(leastTerm.get());
    lock.doNotWaitForTheDisk();
    problem = null;
    try (var producer = kafka.producer();
        var ends = kafka.consumer()) {
      identity = beginning.identity();
      ended.forget();
      var screen = new EventScreen(parked, topics.limits());
      var has = beginning.fill().has();
      var sender = new RecordSender(producer, ends, beginning.identity(), screen, has);
      run(
          task,
          new PublishingRun(log, sender, screen, assignments, lists, beginning),
          beginning.behind());
    }
  }

  private void run(BackgroundTask task, PublishingRun run, long behind) throws Exception {
    catchUp(task, run, behind);
    run.publishLostRepairs();
    progress = PublishingProgress.filled(100);
    while (task.isRunning() && !isOutrun()) {
      gather();
      wakeUps.drainPermits();
      boolean idle = !run.publishNext();
      run.mark(idle);
      task.progress();
      run.publishRepaired();
      if (idle) {
        run.end(ended);
        boolean _ = wakeUps.tryAcquire(LONGEST_SLEEP.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
    run.mark(true);
  }

  private void catchUp(BackgroundTask task, PublishingRun run, long behind) throws Exception {
    long lastLog = System.nanoTime();
    long begin = lastLog;
    progress = PublishingProgress.filled(run.percent());
    while (task.isRunning() && run.catchUp()) {
      progress = PublishingProgress.filled(run.percent());
      task.progress();
      if (System.nanoTime() - lastLog > BETWEEN_LOG_LINES.toNanos()) {
        lastLog = System.nanoTime();
        LOG.info("Filling Kafka from PostgreSQL: {} %", run.percent());
      }
    }
    if (behind > 0) {
      LOG.info(
          "Kafka is filled from PostgreSQL: {} events in {} ms",
          behind,
          Duration.ofNanos(System.nanoTime() - begin).toMillis());
    }
  }

  /** An agent has seen a later term than this publisher's: only a later one still counts. */
  private boolean isOutrun() {
    var now = identity;
    return now != null && leastTerm.get() > now.term().number();
  }

  /**
   * Takes what an agent reports to have seen of the log. It may be more than PostgreSQL has, if an
   * older backup was restored: the agent then waits for a later term.
   */
  public void hear(Heartbeat heartbeat) {
    ended.hear(heartbeat);
    var now = identity;
    var agent = heartbeat.agent();
    var seen = agent == null ? null : agent.seen();
    if (now != null
        && seen != null
        && now.installation().equals(seen.installation())
        && !now.term().equals(seen.term())
        && seen.term().number() >= now.term().number()
        && leastTerm.get() <= seen.term().number()) {
      LOG.warn(
          "Node {} has seen {} of the log, which is not in its past: beginning a later term",
          heartbeat.facts().name(),
          seen);
      leastTerm.set(seen.term().number() + 1);
    }
  }

  /** Why nothing can be published at present; null if nothing is known to be wrong. */
  public @Nullable String problem() {
    return problem;
  }

  public PublishingProgress progress() {
    return progress;
  }

  /** Everything behind here costs by the batch: what is about to be stored goes along. */
  private void gather() {
    long begin = System.nanoTime();
    while (moreIsComing.getAsBoolean() && System.nanoTime() - begin < LONGEST_GATHERING.toNanos()) {
      LockSupport.parkNanos(GLANCE.toNanos());
    }
  }
}
