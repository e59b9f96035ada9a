package dev.slipway.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.wire.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class NextRecordsTest {

  static final String TOPIC = Topics.SERVICE_EVENTS.topic();
  static final TopicPartition PARTITION = FakeLog.partition(TOPIC, "it");
  static final int POLL = 600;
  static final long FAR = 100_000;

  final FakeLog log = new FakeLog();
  final Map<TopicPartition, Long> ahead = new HashMap<>(Map.of(PARTITION, FAR));

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
    var next = new NextRecords(reading(10 * POLL + 5), () -> ahead);
    assertThatAllFollowEachOther(next.poll(), 10 * POLL + 5);
    assertThat(next.poll().isEmpty()).isTrue();
  }

  @Test
  void hasBatchesThatFitIntoMemory() {
    var next = new NextRecords(reading(100 * POLL), () -> ahead);
    assertThat(next.poll().count()).isBetween(20_000, 20_000 + POLL);
  }

  @Test
  void waitsForNothingMoreOnceViewsAreBuilt() {
    var next = new NextRecords(reading(10 * POLL), () -> ahead);
    ahead.clear();
    assertThatAllFollowEachOther(next.poll(), POLL);
  }

  @Test
  void waitsForNothingMoreWhereLittleIsAtHand() {
    var consumer = reading(10 * POLL);
    log.pollSize(10);
    assertThatAllFollowEachOther(new NextRecords(consumer, () -> ahead).poll(), 10);
  }

  @Test
  void keepsWhatItHasWhenTheNextIsNotInTheLog() {
    var consumer = (MockConsumer<String, byte[]>) reading(POLL);
    consumer.schedulePollTask(() -> {});
    consumer.schedulePollTask(
        () -> {
          throw new OffsetOutOfRangeException(Map.of(PARTITION, (long) POLL));
        });
    assertThatAllFollowEachOther(new NextRecords(consumer, () -> ahead).poll(), POLL);
  }

  static String keyElsewhere(Integer... partitions) {
    return Stream.iterate(0, i -> i + 1)
        .map(String::valueOf)
        .filter(key -> !List.of(partitions).contains(FakeLog.partition(TOPIC, key).partition()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void readsThePartitionsThatAreAheadOneAfterAnother() {
    var consumer = reading(3 * POLL);
    var key = keyElsewhere(PARTITION.partition());
    var other = FakeLog.partition(TOPIC, key);
    var stopped = FakeLog.partition(TOPIC, keyElsewhere(PARTITION.partition(), other.partition()));
    IntStream.range(0, 2 * POLL)
        .forEach(_ -> log.append(new ProducerRecord<>(TOPIC, key, new byte[1])));
    consumer.assign(List.of(PARTITION, other, stopped));
    List.of(PARTITION, other, stopped).forEach(each -> consumer.seek(each, 0));
    consumer.pause(List.of(stopped));
    ahead.put(other, FAR);
    var next = new NextRecords(consumer, () -> ahead);
    assertThatAllFollowEachOther(next.poll(), 3 * POLL);
    assertThat(consumer.paused()).containsExactlyInAnyOrder(other, stopped);
    ahead.remove(PARTITION);
    assertThat(next.poll().records(other)).hasSize(2 * POLL);
    ahead.clear();
    assertThat(next.poll().isEmpty()).isTrue();
    assertThat(consumer.paused()).containsExactly(stopped);
  }

  /** Made once, with both far ahead. */
  OneAfterAnother choiceOf(Consumer<String, byte[]> consumer, TopicPartition other) {
    consumer.assign(List.of(PARTITION, other));
    ahead.put(other, FAR);
    var choice = new OneAfterAnother(consumer);
    choice.choose(ahead);
    return choice;
  }

  @Test
  void asksForTheNextPartitionBeforeOneEnds() {
    var consumer = reading(POLL);
    var other = FakeLog.partition(TOPIC, keyElsewhere(PARTITION.partition()));
    var choice = choiceOf(consumer, other);
    var first = consumer.paused().contains(other) ? PARTITION : other;
    ahead.put(first, 10L);
    choice.choose(ahead);
    assertThat(consumer.paused()).isEmpty();
  }

  @Test
  void letsNothingWaitThatItsConsumerLostMeanwhile() {
    var consumer = reading(POLL);
    var other = FakeLog.partition(TOPIC, keyElsewhere(PARTITION.partition()));
    var choice = choiceOf(consumer, other);
    consumer.assign(List.of(other));
    choice.choose(Map.of(other, FAR));
    assertThat(consumer.paused()).isEmpty();
  }
}
