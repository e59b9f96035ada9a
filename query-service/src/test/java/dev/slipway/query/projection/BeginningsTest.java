package dev.slipway.query.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.model.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class BeginningsTest {

  private static final String TOPIC = Topics.LOGS.topic();
  private static final int WRITTEN = 50_000;

  private final FakeLog log = new FakeLog();
  private final OffsetStore offsets = new OffsetStore(Stores.standIn());

  /** Notes what it reads of a topic whose newest records are enough. */
  private record Noted(Newest newest, List<Integer> numbers) implements Projection<Integer> {

    static Noted of(Duration age, long records) {
      return new Noted(new Newest(age, records), Collections.synchronizedList(new ArrayList<>()));
    }

    @Override
    public Topics topic() {
      return Topics.LOGS;
    }

    @Override
    public void prepare() {}

    @Override
    public Unreadable unreadable() {
      return Unreadable.IS_PASSED_OVER;
    }

    @Override
    public Integer read(ConsumerRecord<String, byte[]> kafka) {
      return Integer.valueOf(new String(kafka.value(), StandardCharsets.UTF_8));
    }

    @Override
    public void apply(List<Message<Integer>> messages) {
      messages.forEach(message -> numbers.add(message.value()));
    }
  }

  /** One in ten seconds, the last of them now. */
  private void write() {
    long now = System.currentTimeMillis();
    for (int i = 0; i < WRITTEN; i++) {
      log.append(
          new ProducerRecord<>(
              TOPIC,
              null,
              now - (WRITTEN - 1 - i) * 10_000L,
              "container-" + i % 7,
              Integer.toString(i).getBytes(StandardCharsets.UTF_8)));
    }
  }

  private Noted read(Noted noted) {
    var surroundings = new ProjectionLoop.Surroundings(log, offsets, false);
    var loop = new ProjectionLoop("test", List.of(noted), surroundings);
    loop.start();
    await().until(() -> loop.status().isReady());
    loop.stop();
    return noted;
  }

  private static List<Integer> newest(int count) {
    return IntStream.range(WRITTEN - count, WRITTEN).boxed().toList();
  }

  @Test
  void areAsLateAsTheNewestOfAllPartitionsAllow() {
    write();
    var noted = read(Noted.of(Duration.ofDays(7), 1_000));
    assertThat(noted.numbers).containsExactlyInAnyOrderElementsOf(newest(1_000));
  }

  @Test
  void areNoEarlierThanRecordsAreWorthReading() {
    write();
    var noted = read(Noted.of(Duration.ofSeconds(1_005), 10_000));
    assertThat(noted.numbers).containsAll(newest(100)).hasSizeBetween(100, 102);
  }

  @Test
  void areWhereReadingEndedTheLastTime() {
    write();
    var _ = read(Noted.of(Duration.ofDays(7), 1_000));
    log.append(new ProducerRecord<>(TOPIC, "container-1", "7".getBytes(StandardCharsets.UTF_8)));
    assertThat(read(Noted.of(Duration.ofDays(7), 1)).numbers).containsExactly(7);
  }

  @Test
  void areThoseOfTheTopicIfThereIsLittleInIt() {
    log.append(new ProducerRecord<>(TOPIC, "container-1", "0".getBytes(StandardCharsets.UTF_8)));
    assertThat(read(Noted.of(Duration.ofDays(7), 1_000)).numbers).containsExactly(0);
  }
}
