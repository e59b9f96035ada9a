package dev.slipway.http;

import dev.slipway.model.wire.EventRecords;
import dev.slipway.model.wire.LogCopy;
import dev.slipway.model.wire.Topics;
import dev.slipway.runtime.BackgroundTask;
import dev.slipway.runtime.TaskStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/**
 * Reads the log of accounts from its beginning for as long as the process lives. While Kafka is
 * away, the directory stays as it was. An event that cannot be read parks its account: it may take
 * rights away, so that nobody is authenticated as that account until it is repaired.
 */
final class DirectoryReader implements SmartLifecycle, HealthIndicator {

  private static final Logger LOG = LoggerFactory.getLogger(DirectoryReader.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PAUSE_WITHOUT_TOPIC = Duration.ofMillis(200);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** Before the web server, which can authenticate nobody without the directory. */
  private static final int PHASE = 0;

  private final AccountLog log;
  private final DirectoryProgress progress;
  private final BackgroundTask task = new BackgroundTask("directory", this::readUntilStopped);
  private volatile @Nullable Consumer<String, byte[]> open;
  private @Nullable LogCopy copy; // only the task uses it

  DirectoryReader(AccountLog log, DirectoryProgress progress) {
    this.log = log;
    this.progress = progress;
  }

  TaskStatus task() {
    return task.status();
  }

  @Override
  public int getPhase() {
    return PHASE;
  }

  @Override
  public void start() {
    task.onStop(this::wakeUp);
    task.start();
  }

  private void wakeUp() {
    var consumer = open;
    if (consumer != null) {
      consumer.wakeup();
    }
  }

  private void readUntilStopped(BackgroundTask task) {
    try (var consumer = log.consumer()) {
      open = consumer;
      read(consumer);
    } catch (WakeupException stop) {
      LOG.debug("The directory stops reading");
    } catch (OtherLog other) {
      LOG.warn("The log of accounts was made anew ({}): reading it from its beginning", other.copy);
      progress.forget();
      copy = other.copy;
    } finally {
      open = null;
    }
  }

  private void read(Consumer<String, byte[]> consumer) {
    var partitions = partitions(consumer);
    if (partitions.isEmpty()) {
      task.pause(PAUSE_WITHOUT_TOPIC); // at the very first start there is no topic yet
      return;
    }
    consumer.assign(partitions);
    consumer.beginningOffsets(partitions, TIMEOUT).forEach(consumer::seek);
    var ends = consumer.endOffsets(partitions, TIMEOUT);
    while (task.isRunning()) {
      if (!progress.isCaughtUp() && isAt(ends, consumer)) {
        LOG.info("The log of accounts is read");
        progress.caughtUp(true);
      }
      consumer.poll(POLL).forEach(this::apply);
      task.progress();
    }
  }

  private void apply(ConsumerRecord<String, byte[]> kafka) {
    if (!isOfThisLog(kafka)) {
      return;
    }
    try {
      progress.apply(EventRecords.read(kafka));
    } catch (RuntimeException unreadable) {
      var account = kafka.key() == null ? "record " + kafka.offset() : kafka.key();
      LOG.error(
          "Cannot read record {} of the log of accounts: {}; nobody is authenticated as {}",
          kafka.offset(),
          unreadable.getMessage(),
          account);
      progress.park(account, EventRecords.sequenceOf(kafka), kafka.offset());
    }
  }

  /** Records of an earlier copy of the log are passed over; a later one is read instead. */
  private boolean isOfThisLog(ConsumerRecord<String, byte[]> kafka) {
    var next = LogCopy.of(kafka.headers()).orElse(null);
    var now = copy;
    if (next == null || next.equals(now)) {
      return true;
    }
    if (now == null) {
      copy = next;
      return true;
    }
    if (now.isReplacedBy(next)) {
      throw new OtherLog(next);
    }
    return false;
  }

  /** Kafka has another copy of the log than was read so far. */
  private static final class OtherLog extends RuntimeException {
    private final transient LogCopy copy;

    OtherLog(LogCopy copy) {
      super(copy.toString(), null, false, false);
      this.copy = copy;
    }
  }

  private static List<TopicPartition> partitions(Consumer<String, byte[]> consumer) {
    var topic = Topics.ACCOUNT_EVENTS.topic();
    var known = consumer.partitionsFor(topic);
    return known == null
        ? List.of()
        : known.stream().map(one -> new TopicPartition(topic, one.partition())).toList();
  }

  private static boolean isAt(Map<TopicPartition, Long> ends, Consumer<String, byte[]> consumer) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  @Override
  public void stop() {
    task.stop();
  }

  @Override
  public boolean isRunning() {
    return task.isRunning();
  }

  @Override
  public Health health() {
    if (!progress.isCaughtUp()) {
      return Health.outOfService().build();
    }
    var parked = progress.parked();
    return parked.isEmpty()
        ? Health.up().build()
        : Health.status(RuntimeHealth.DEGRADED).withDetail("parked", parked).build();
  }
}
