package dev.slipway.query.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandSucceededEvent;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.LogLines;
import dev.slipway.query.projection.Projection.Message;
import dev.slipway.query.projection.Stores;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LogTrimmingTest {

  private static final long ALL = Long.MAX_VALUE;

  static Stream<MongoDatabase> databases() {
    return Stores.fresh();
  }

  /** Counts the documents that a database gives. */
  private static final class Counter implements CommandListener {

    final AtomicLong given = new AtomicLong();

    @Override
    public void commandSucceeded(CommandSucceededEvent event) {
      var cursor = event.getResponse().getDocument("cursor", null);
      if (cursor != null) {
        Stream.of("firstBatch", "nextBatch")
            .filter(cursor::containsKey)
            .forEach(batch -> given.addAndGet(cursor.getArray(batch).size()));
      }
    }
  }

  private static List<Message<LogLines>> lines(int partition, int from, int to) {
    var container = ContainerId.of(LogStreamTest.WEB, partition + 1, 1);
    var lines = new ArrayList<Message<LogLines>>();
    for (int i = from; i < to; i++) {
      var line = LogStreamTest.line(container, i, i, "x".repeat(10));
      lines.add(new Message<>(partition, i, LogLines.of(line)));
    }
    return lines;
  }

  private static LogStore store(MongoDatabase database) {
    var store = new LogStore(database);
    store.prepare();
    return store;
  }

  private static List<Long> kept(LogStore store, int partition) {
    var target = LogTarget.container(ContainerId.of(LogStreamTest.WEB, partition + 1, 1).value());
    var kept = new ArrayList<Long>();
    new LogPages(store, target, partition, -1, Long.MAX_VALUE)
        .forEachRemaining(line -> kept.add(line.line().offset()));
    return kept;
  }

  private static List<Long> numbers(long from, long to) {
    return LongStream.range(from, to).boxed().toList();
  }

  @Test
  void looksAtOnePageHoweverManyLinesAreKept() {
    var counter = new Counter();
    var store = store(Stores.standIn(counter));
    store.add(lines(0, 0, 5_000));
    counter.given.set(0);
    store.dropAllBut(10_000, ALL);
    store.dropBefore(LogStreamTest.NOW);
    assertThat(counter.given).hasValue(0);
    store.dropAllBut(1_200, ALL);
    store.dropBefore(LogStreamTest.NOW.plusMillis(3_900));
    assertThat(counter.given.get()).isLessThanOrEqualTo(2 * KeptPages.ROOM);
    assertThat(kept(store, 0)).isEqualTo(numbers(3_900, 5_000));
  }

  @ParameterizedTest
  @MethodSource("databases")
  void dropsTheFirstOfThePartitionsWhereNothingHasComeForTheLongestTime(MongoDatabase database) {
    var store = store(database);
    store.add(lines(0, 1_000, 2_000));
    store.add(lines(1, 0, 900));
    store.dropAllBut(ALL, 15_000);
    assertThat(kept(store, 0)).isEqualTo(numbers(1_000, 2_000));
    assertThat(kept(store, 1)).isEqualTo(numbers(400, 900));
    store.dropAllBut(700, ALL);
    assertThat(kept(store, 0)).isEqualTo(numbers(1_300, 2_000));
    assertThat(kept(store, 1)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void countsALineOnceThatIsStoredAgain(MongoDatabase database) {
    var store = store(database);
    store.add(lines(0, 0, 1_000));
    store.add(lines(0, 500, 1_000));
    store.dropAllBut(1_000, ALL);
    assertThat(kept(store, 0)).isEqualTo(numbers(0, 1_000));
  }

  @ParameterizedTest
  @MethodSource("databases")
  void dropsAlsoWhatOthersHaveStored(MongoDatabase database) {
    store(database).add(lines(0, 0, 1_000));
    var store = store(database);
    store.add(lines(1, 1_000, 1_010));
    store.dropAllBut(100, ALL);
    assertThat(kept(store, 0)).isEqualTo(numbers(910, 1_000));
    assertThat(kept(store, 1)).isEqualTo(numbers(1_000, 1_010));
  }
}
