package dev.slipway.http;

import dev.slipway.model.wire.EventRecords;
import dev.slipway.model.wire.LogCopy;
import dev.slipway.model.wire.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/**
 * Reads the log of accounts from its beginning and goes on for as long as the process lives. While
 * Kafka is away, the directory stays as it was; a record that cannot be read shuts it, since it may
 * take somebody's rights away.
 */
final class DirectoryReader implements SmartLifecycle, HealthIndicator {

  private static final Logger LOG = LoggerFactory.getLogger(DirectoryReader.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

  private static final int WORTH_A_WORD = 4;

  /** Before the web server, which has nobody to let in without. */
  private static final int PHASE = 0;

  private final AccountLog log;
  private final DirectoryProgress progress;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile @Nullable Consumer<String, byte[]> open;
  private volatile @Nullable Thread thread;
  private int failures; // only the thread uses it
  private @Nullable LogCopy copy; // likewise

  DirectoryReader(AccountLog log, DirectoryProgress progress) {
    this.log = log;
    this.progress = progress;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }

  @Override
  public void start() {
    thread = Thread.ofPlatform().name("directory").daemon().start(this::loop);
  }

  private void loop() {
    while (stopping.getCount() > 0) {
      try (var consumer = log.consumer()) {
        open = consumer;
        read(consumer);
      } catch (WakeupException stop) {
        return;
      } catch (OtherLog other) {
        LOG.warn(
            "The log of accounts was made anew ({}): reading it from its beginning", other.copy);
        progress.forget();
        copy = other.copy;
      } catch (KafkaException away) {
        tryAgain(away);
      } catch (RuntimeException unreadable) {
        progress.caughtUp(false);
        LOG.error("A record of the log of accounts cannot be read: nobody is let in", unreadable);
        pause(LONGEST_PAUSE);
      }
    }
  }

  private void read(Consumer<String, byte[]> consumer) {
    var partitions = partitions(consumer);
    consumer.assign(partitions);
    consumer.beginningOffsets(partitions, LONGEST_ANSWER).forEach(consumer::seek);
    var ends = consumer.endOffsets(partitions, LONGEST_ANSWER);
    while (stopping.getCount() > 0) {
      if (!progress.isCaughtUp() && isAt(ends, consumer)) {
        LOG.info("The log of accounts is read");
        progress.caughtUp(true);
      }
      for (var kafka : consumer.poll(POLL)) {
        if (isOfThisLog(kafka)) {
          progress.apply(EventRecords.read(kafka));
        }
      }
      failures = 0;
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
    if (known == null || known.isEmpty()) {
      throw new KafkaException("There is no topic %s yet".formatted(topic));
    }
    return known.stream().map(one -> new TopicPartition(topic, one.partition())).toList();
  }

  private static boolean isAt(Map<TopicPartition, Long> ends, Consumer<String, byte[]> consumer) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  /** A topic that is not there yet is not worth a word: at the very first start none is. */
  private void tryAgain(RuntimeException failure) {
    failures++;
    if (failures == WORTH_A_WORD) {
      LOG.warn("The log of accounts cannot be read; it is tried again", failure);
    }
    var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 10));
    pause(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
  }

  private void pause(Duration pause) {
    try {
      boolean _ = stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      stopping.countDown();
    }
  }

  @Override
  public void stop() {
    stopping.countDown();
    var consumer = open;
    if (consumer != null) {
      consumer.wakeup();
    }
    var running = thread;
    if (running != null) {
      try {
        boolean _ = running.join(LONGEST_STOP);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    var running = thread;
    return running != null && running.isAlive();
  }

  @Override
  public Health health() {
    return (progress.isCaughtUp() ? Health.up() : Health.outOfService()).build();
  }
}
