package dev.slipway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.model.account.AccountEvent.UserCreated;
import dev.slipway.model.wire.Envelope;
import dev.slipway.model.wire.EventRecords;
import dev.slipway.model.wire.LogStamp;
import dev.slipway.model.wire.LogTerm;
import dev.slipway.model.wire.Topics;
import dev.slipway.model.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class DirectoryReaderTest {

  static final String TOPIC = Topics.ACCOUNT_EVENTS.topic();
  static final TopicPartition ACCOUNTS = new TopicPartition(TOPIC, 0);

  final List<String> log = new CopyOnWriteArrayList<>();
  final AtomicBoolean kafkaIsAway = new AtomicBoolean();
  final Directory directory = new Directory();
  final DirectoryReader reader =
      new DirectoryReader(this::consumer, new DirectoryProgress(directory));

  @AfterEach
  void stop() {
    reader.stop();
    assertThat(reader.isRunning()).isFalse();
  }

  /** Reads users' names, each as the event of its creation; one type is unknown. */
  private Consumer<String, byte[]> consumer() {
    var consumer = new Reading();
    consumer.updatePartitions(TOPIC, List.of(new PartitionInfo(TOPIC, 0, null, null, null)));
    consumer.updateBeginningOffsets(Map.of(ACCOUNTS, 0L));
    consumer.updateEndOffsets(Map.of(ACCOUNTS, (long) log.size()));
    return consumer;
  }

  private final class Reading extends MockConsumer<String, byte[]> {

    private int read;

    Reading() {
      super("earliest");
    }

    @Override
    public ConsumerRecords<String, byte[]> poll(Duration timeout) {
      if (kafkaIsAway.get()) {
        throw new KafkaException("away");
      }
      if (read < log.size()) {
        addRecord(kafka(read, log.get(read)));
        read++;
      }
      java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
      return super.poll(Duration.ZERO);
    }
  }

  private static ConsumerRecord<String, byte[]> kafka(int offset, String user) {
    var event = new UserCreated(user);
    var envelope =
        new Envelope<>("id", user, 0, offset, Instant.EPOCH, Map.of(), Wire.write(event));
    var type = user.equals("from-the-future") ? "UserAscended" : "UserCreated";
    var written = EventRecords.write(Topics.ACCOUNT_EVENTS, envelope, type, "1");
    int epoch = user.startsWith("second-") ? 2 : 1;
    new LogStamp("here", epoch, new LogTerm(1, "a"), offset + 1).writeTo(written.headers());
    return new ConsumerRecord<>(
        TOPIC,
        0,
        offset,
        0,
        TimestampType.CREATE_TIME,
        0,
        0,
        written.key(),
        written.value(),
        written.headers(),
        Optional.empty());
  }

  private boolean isReady() {
    return reader.health().getStatus().equals(Status.UP);
  }

  @Test
  void isReadyOnceItHasReadWhatWasThereAndReadsOn() {
    log.addAll(List.of("alice", "bob"));
    assertThat(isReady()).isFalse();

    reader.start();

    await().until(this::isReady);
    assertThat(directory.isUser("alice")).isTrue();
    assertThat(directory.isUser("bob")).isTrue();
    log.add("carol");
    await().until(() -> directory.isUser("carol"));
  }

  @Test
  void beginsAgainWithALogThatWasMadeAnew() {
    log.addAll(List.of("alice", "bob"));
    reader.start();
    await().until(() -> directory.isUser("bob"));
    log.clear();
    log.addAll(List.of("second-alice", "second-bob", "second-carol"));
    await().until(() -> directory.isUser("second-alice") && directory.isUser("second-carol"));
    assertThat(directory.isUser("alice")).isFalse();
    await().until(this::isReady);
  }

  @Test
  void staysReadyWhileKafkaIsAwayAndReadsOnAfterwards() {
    reader.start();
    await().until(this::isReady);
    kafkaIsAway.set(true);
    log.add("alice");
    await().during(Duration.ofMillis(200)).until(this::isReady);
    kafkaIsAway.set(false);
    await().until(() -> directory.isUser("alice"));
  }

  @Test
  void parksTheAccountOfARecordThatItCannotReadAndGoesOn() {
    reader.start();
    await().until(this::isReady);
    log.addAll(List.of("from-the-future", "alice"));
    await().until(() -> directory.isUser("alice"));
    assertThat(reader.health().getStatus()).isEqualTo(RuntimeHealth.DEGRADED);
    assertThat(reader.health().getDetails().toString()).contains("from-the-future");
  }
}
