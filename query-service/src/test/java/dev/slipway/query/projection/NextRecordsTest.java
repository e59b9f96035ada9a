package dev.slipway.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.wire.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class NextRecordsTest {

  static final String TOPIC = Topics.NODE_EVENTS.topic();
  static final TopicPartition PARTITION = FakeLog.partition(TOPIC, "it");
  static final int POLL = 600;

  final FakeLog log = new FakeLog();
  final AtomicBoolean behind = new AtomicBoolean(true);

  Consumer<String, byte[]> reading(int records) {
    log.pollSize(POLL);
    IntStream.range(0, records)
        .forEach(i -> log.append(new ProducerRecord<>(TOPIC, "it", new byte[] {(byte) i})));
    var consumer = log.consumer("test");
    consumer.assign(List.of(PARTITION));
    consumer.seek(PARTITION, 0);
    return consumer;
  }

  static void assertThatAllFollowEachOther(ConsumerRecords<String, byte[]> read, int count) {
    assertThat(read.records(PARTITION))
        .extracting(record -> (int) record.offset())
        .containsExactlyElementsOf(IntStream.range(0, count).boxed().toList());
  }

  @Test
  void makesOneBatchOfManyPollsWhileViewsAreBehind() {
    var next = new NextRecords(reading(10 * POLL + 5), behind::get);
    assertThatAllFollowEachOther(next.poll(), 10 * POLL + 5);
    assertThat(next.poll().isEmpty()).isTrue();
  }

  @Test
  void hasBatchesThatFitIntoMemory() {
    var next = new NextRecords(reading(100 * POLL), behind::get);
    assertThat(next.poll().count()).isBetween(20_000, 20_000 + POLL);
  }

  @Test
  void waitsForNothingMoreOnceViewsAreBuilt() {
    var next = new NextRecords(reading(10 * POLL), behind::get);
    behind.set(false);
    assertThatAllFollowEachOther(next.poll(), POLL);
  }

  @Test
  void waitsForNothingMoreWhereLittleIsAtHand() {
    var consumer = reading(10 * POLL);
    log.pollSize(10);
    assertThatAllFollowEachOther(new NextRecords(consumer, behind::get).poll(), 10);
  }

  @Test
  void keepsWhatItHasWhenTheNextIsNotInTheLog() {
    var consumer = (MockConsumer<String, byte[]>) reading(POLL);
    consumer.schedulePollTask(() -> {});
    consumer.schedulePollTask(
        () -> {
          throw new OffsetOutOfRangeException(Map.of(PARTITION, (long) POLL));
        });
    assertThatAllFollowEachOther(new NextRecords(consumer, behind::get).poll(), POLL);
  }
}
