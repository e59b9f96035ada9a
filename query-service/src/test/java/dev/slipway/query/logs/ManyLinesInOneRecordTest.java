package dev.slipway.query.logs;

import static dev.slipway.query.logs.LogStreamTest.NOW;
import static dev.slipway.query.logs.LogStreamTest.ONE;
import static dev.slipway.query.logs.LogStreamTest.WEB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoDatabase;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.LogLine;
import dev.slipway.model.container.LogLine.Stream;
import dev.slipway.model.container.LogLines;
import dev.slipway.model.container.LogLines.Line;
import dev.slipway.model.wire.Wire;
import dev.slipway.query.logs.LogRequest.Wanted;
import dev.slipway.query.logs.LogStreamTest.Reader;
import dev.slipway.query.logs.LogStreamTest.Side;
import dev.slipway.query.projection.Projection.Message;
import dev.slipway.query.projection.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ManyLinesInOneRecordTest {

  static java.util.stream.Stream<MongoDatabase> databases() {
    return Stores.fresh();
  }

  static Line line(long ms, String text) {
    return new Line(Stream.STDOUT, LogLines.nanos(NOW.plusMillis(ms)), text);
  }

  /**
   * Lines {@code from} to before {@code to}, a millisecond apart, whose texts are their numbers.
   */
  static Message<LogLines> record(long offset, int from, int to) {
    return record(0, offset, ONE, from, to, 1);
  }

  static Message<LogLines> record(
      int partition, long offset, ContainerId container, int from, int to, int apart) {
    var lines = new ArrayList<Line>();
    for (int i = from; i < to; i++) {
      lines.add(line((long) i * apart, Integer.toString(i)));
    }
    return new Message<>(partition, offset, new LogLines(WEB, container, "web-1", from, lines));
  }

  static List<String> texts(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toList();
  }

  static List<String> all(Side side) throws Exception {
    return Reader.of(side.stream(10_000, false, Wanted.ALL, null)).texts();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void areGoneThroughFromEachPositionInARecord(MongoDatabase database) throws Exception {
    var side = new Side(database);
    side.projection.apply(List.of(record(5, 0, 10)));
    var first = Reader.of(side.stream(300, false, Wanted.ALL, null));
    assertThat(first.texts()).isEqualTo(texts(0, 10));
    var begin = LogPosition.parse("since", first.positions.getLast());
    side.projection.apply(List.of(record(6, 10, 350), record(7, 350, 351), record(8, 351, 400)));
    var rest = Reader.of(side.stream(300, false, Wanted.ALL, begin));
    assertThat(rest.texts()).isEqualTo(texts(10, 400));
    for (int read = 0; read < 390; read += 13) {
      var from = LogPosition.parse("since", rest.positions.get(read));
      assertThat(side.logs.keepAllAfter(from)).isTrue();
      assertThat(Reader.of(side.stream(300, false, Wanted.ALL, from)).texts())
          .isEqualTo(texts(11 + read, 400));
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void areKeptOnceThoughTheyComeAgainInRecordsThatBeginElsewhere(MongoDatabase database)
      throws Exception {
    var side = new Side(database);
    side.projection.apply(List.of(record(0, 0, 5), record(1, 5, 10), record(2, 3, 8)));
    side.projection.apply(List.of(record(3, 8, 250), record(4, 0, 260)));
    assertThat(all(side)).isEqualTo(texts(0, 260));
    var begunAgain = new Side(database);
    for (var again : List.of(record(2, 3, 8), record(3, 8, 250), record(4, 0, 260))) {
      begunAgain.projection.apply(List.of(again));
    }
    begunAgain.projection.apply(List.of(record(5, 240, 270)));
    assertThat(all(begunAgain)).isEqualTo(texts(0, 270));
    assertThat(begunAgain.store.count()).isEqualTo(270);
  }

  /** What a follower is given once so many lines have come while the records are applied. */
  private static List<String> followed(Side side, int tail, int lines, Consumer<Side> records)
      throws InterruptedException {
    var reader = new Reader().reading();
    var thread = LogStreamTest.start(side.stream(tail, true, Wanted.ALL, null), reader);
    await().until(() -> side.followers.count() == 1);
    records.accept(side);
    await().until(() -> reader.lines.size() >= lines);
    side.followers.stop();
    thread.join();
    return reader.texts();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void reachAFollowerOnceAndInOrderWhenOneIsAppliedAgain(MongoDatabase database) throws Exception {
    var followed =
        followed(
            new Side(database),
            0,
            200,
            side -> {
              side.projection.apply(List.of(record(0, 0, 150)));
              side.projection.apply(List.of(record(0, 0, 150), record(1, 100, 200)));
            });
    assertThat(followed).isEqualTo(texts(0, 200));
  }

  @ParameterizedTest
  @MethodSource("databases")
  void reachAFollowerOfAnotherProcessThatStoredThemButDiedBeforeItSaidSo(MongoDatabase database)
      throws Exception {
    new Side(database).store.add(List.of(record(0, 0, 150)));
    var followed =
        followed(
            new Side(database),
            300,
            160,
            side -> side.projection.apply(List.of(record(0, 0, 150), record(1, 150, 160))));
    assertThat(followed).isEqualTo(texts(0, 160));
  }

  @ParameterizedTest
  @MethodSource("databases")
  void areLetGoOfBeforeAPositionInTheMiddleOfTheirRecord(MongoDatabase database) throws Exception {
    var side = new Side(database);
    side.projection.apply(List.of(record(0, 0, 1)));
    var begin =
        LogPosition.parse(
            "since", Reader.of(side.stream(1, false, Wanted.ALL, null)).positions.getLast());
    side.projection.apply(List.of(record(1, 1, 250)));
    var read = Reader.of(side.stream(300, false, Wanted.ALL, begin));
    side.store.dropAllBut(60, Long.MAX_VALUE);
    assertThat(all(side)).isEqualTo(texts(201, 250));
    var tooEarly = LogPosition.parse("since", read.positions.get(198));
    var justSo = LogPosition.parse("since", read.positions.get(199));
    assertThat(side.logs.keepAllAfter(begin)).isFalse();
    assertThat(side.logs.keepAllAfter(tooEarly)).isFalse();
    assertThat(side.logs.keepAllAfter(justSo)).isTrue();
    assertThat(Reader.of(side.stream(300, false, Wanted.ALL, justSo)).texts())
        .isEqualTo(texts(201, 250));
  }

  @ParameterizedTest
  @MethodSource("databases")
  void areAllThereBehindARecordOfWhichNothingIsKept(MongoDatabase database) throws Exception {
    var side = new Side(database);
    side.projection.apply(List.of(record(0, 0, 1)));
    var begin =
        LogPosition.parse(
            "since", Reader.of(side.stream(1, false, Wanted.ALL, null)).positions.getLast());
    side.projection.apply(List.of(record(1, 1, 30)));
    var end =
        LogPosition.parse(
            "since", Reader.of(side.stream(300, false, Wanted.ALL, begin)).positions.getLast());
    side.projection.apply(List.of(record(2, 30, 70)));
    side.store.dropAllBut(50, Long.MAX_VALUE);
    assertThat(all(side)).isEqualTo(texts(30, 70));
    assertThat(side.logs.keepAllAfter(end)).isTrue();
    assertThat(side.logs.keepAllAfter(begin)).isFalse();
    side.store.dropAllBut(0, 0);
    assertThat(side.logs.keepAllAfter(end)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void areGivenInTheOrderOfTimeHoweverTheirRecordsLieOverEachOther(MongoDatabase database)
      throws Exception {
    var random = new Random(3);
    for (int round = 0; round < 5; round++) {
      database.drop();
      var side = new Side(database);
      var expected = new ArrayList<LogLine>();
      for (int container = 1; container <= 3; container++) {
        var id = ContainerId.of(WEB, container, 1);
        int from = 0;
        for (int offset = 0; offset < 4; offset++) {
          var one =
              record(
                  container,
                  offset,
                  id,
                  from,
                  from + 1 + random.nextInt(200),
                  1 << (3 * container));
          side.projection.apply(List.of(one));
          IntStream.range(0, one.value().lines().size())
              .forEach(i -> expected.add(one.value().line(i)));
          from += one.value().lines().size();
        }
      }
      expected.sort(
          java.util.Comparator.comparing(LogLine::time)
              .thenComparing(line -> LogDocument.id(line)));
      for (int tail : new int[] {1, 7, 150, expected.size(), 10_000}) {
        var read = Reader.of(side.stream(tail, false, Wanted.ALL, null));
        assertThat(read.lines.stream().map(KeptLine::line))
            .isEqualTo(expected.subList(Math.max(0, expected.size() - tail), expected.size()));
        var place = LogPosition.parse("since", read.positions.getFirst());
        assertThat(Reader.of(side.stream(1, false, Wanted.ALL, place)).lines)
            .isEqualTo(read.lines.subList(1, read.lines.size()));
      }
      var middle = expected.get(expected.size() / 2).time();
      var between = new Wanted(middle.minusMillis(300), middle, "1");
      assertThat(
              Reader.of(side.stream(10_000, false, between, null)).lines.stream()
                  .map(KeptLine::line))
          .isEqualTo(expected.stream().filter(between::includes).toList());
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void areDroppedByAgeASecondLateAtMost(MongoDatabase database) throws Exception {
    var side = new Side(database);
    side.projection.apply(List.of(record(0, 0, ONE, 0, 100, 100)));
    side.store.dropBefore(NOW.plus(Duration.ofSeconds(5)));
    var oldest = side.store.oldest().orElseThrow();
    assertThat(oldest).isBetween(NOW.plusSeconds(4), NOW.plusSeconds(5));
    assertThat(all(side)).hasSizeBetween(50, 60).endsWith("99");
  }

  @Test
  void areReadFromRecordsOfBothForms() {
    var side = new Side(Stores.standIn());
    var line = LogStreamTest.line(ONE, 7, 3, "a line");
    var old = Wire.write(line);
    assertThat(side.projection.read(new ConsumerRecord<>("t", 0, 0, "k", old)).line(0))
        .isEqualTo(line);
    var many = record(0, 0, 3).value();
    assertThat(side.projection.read(new ConsumerRecord<>("t", 0, 0, "k", Wire.write(many))))
        .isEqualTo(many);
  }

  @Test
  void keepTheMomentOfALineToTheNanosecond() {
    var before = Instant.parse("1969-12-31T23:59:59.123456789Z");
    for (var moment : List.of(before, Instant.EPOCH, NOW.plusNanos(1))) {
      assertThat(LogLines.moment(LogLines.nanos(moment))).isEqualTo(moment);
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void goOnWhereOldRecordsEnd(MongoDatabase database) throws Exception {
    var side = new Side(database);
    side.apply(LogStreamTest.lines(0, 3, 1));
    side.projection.apply(List.of(record(3, 3, 20)));
    side.apply(List.of(new Message<>(0, 4, LogStreamTest.line(ONE, 20, 20, "20"))));
    assertThat(all(side)).startsWith("x", "x", "x", "3").endsWith("19", "20").hasSize(21);
  }
}
