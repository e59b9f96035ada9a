package dev.slipway.query.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoDatabase;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.LogLine;
import dev.slipway.model.container.LogLine.Stream;
import dev.slipway.model.container.LogLines;
import dev.slipway.model.service.ServiceId;
import dev.slipway.query.logs.LogRequest.Wanted;
import dev.slipway.query.projection.Projection.Message;
import dev.slipway.query.projection.Stores;
import dev.slipway.query.projection.Unshared;
import dev.slipway.query.stream.ReaderTooSlow;
import dev.slipway.query.stream.Sink;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.unit.DataSize;

class LogStreamTest {

  static final ServiceId WEB = new ServiceId("3f0c7d7e-0000-4000-8000-000000000001");
  static final ContainerId ONE = ContainerId.of(WEB, 1, 1);
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  static final Duration PATIENCE = Duration.ofSeconds(30);
  static final KeptLine NOTHING = new KeptLine(line(ONE, 0, 0, ""), 0, 0);

  static java.util.stream.Stream<MongoDatabase> databases() {
    return Stores.fresh();
  }

  /** A query side of logs alone, on some database. */
  static final class Side {

    final LogStore store;
    final Followers followers = new Followers(4_000_000);
    final LogProgress progress;
    final LogRetention retention;
    final LogProjection projection;
    final Logs logs;

    Side(MongoDatabase database) {
      store = new LogStore(database);
      progress = new LogProgress(database);
      retention =
          new LogRetention(
              store,
              new LogRetention.Limits(Duration.ofDays(1), 60, DataSize.ofKilobytes(1)),
              Clock.fixed(NOW, java.time.ZoneOffset.UTC));
      projection = new LogProjection(store, progress, followers, retention);
      logs = new Logs(store, progress, followers, new Unshared().get());
      projection.prepare();
      followers.start();
    }

    LogStream stream(int tail, boolean follow, Wanted wanted, @Nullable LogPosition from) {
      var target = LogTarget.service(WEB.value());
      return new LogStream(logs, new LogRequest(target, tail, follow, wanted, from));
    }

    void apply(List<Message<LogLine>> messages) {
      projection.apply(messages.stream().map(LogStreamTest::alone).toList());
    }
  }

  /** A record of a single line. */
  static Message<LogLines> alone(Message<LogLine> line) {
    return new Message<>(line.partition(), line.offset(), LogLines.of(line.value()));
  }

  static LogLine line(ContainerId container, int offset, long ms, String text) {
    return new LogLine(WEB, container, "web-1", Stream.STDOUT, NOW.plusMillis(ms), offset, text);
  }

  static List<Message<LogLine>> lines(int from, int to, int size) {
    var lines = new ArrayList<Message<LogLine>>();
    for (int offset = from; offset < to; offset++) {
      lines.add(new Message<>(0, offset, line(ONE, offset, offset, "x".repeat(size))));
    }
    return lines;
  }

  /** A reader that does not read until it is let, and notes what it gets and where it then is. */
  static class Reader implements Sink<KeptLine> {

    final List<KeptLine> lines = Collections.synchronizedList(new ArrayList<>());
    final List<String> positions = new ArrayList<>();
    final CountDownLatch reads = new CountDownLatch(1);
    @Nullable LogStream stream;

    @Override
    public void send(List<KeptLine> sent) throws IOException {
      try {
        if (!sent.isEmpty()) {
          reads.await();
        }
      } catch (InterruptedException interrupted) {
        throw new IOException(interrupted);
      }
      for (var line : sent) {
        if (stream != null) {
          positions.add(stream.positionAfter(line).toString());
        }
        lines.add(line);
      }
    }

    @Override
    public void pulse() {}

    Reader reading() {
      reads.countDown();
      return this;
    }

    List<String> texts() {
      return lines.stream().map(line -> line.line().text()).toList();
    }

    static Reader of(LogStream stream) throws IOException, InterruptedException {
      var reader = new Reader().reading();
      reader.stream = stream;
      stream.run(reader);
      return reader;
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void givesASlowReaderFromTheStoreWhatItHadNoRoomFor(MongoDatabase database) throws Exception {
    var side = new Side(database);
    var reader = new Reader();
    var thread = start(side.stream(300, true, Wanted.ALL, null), reader);
    await().until(() -> side.followers.count() == 1);
    for (int from = 0; from < 5_000; from += 500) {
      side.apply(lines(from, from + 500, 1_000));
    }
    side.apply(lines(4_000, 5_000, 1_000));
    reader.reads.countDown();
    await().until(() -> reader.lines.size() >= 5_000);
    assertThat(reader.lines.stream().map(KeptLine::arrival))
        .hasSize(5_000)
        .doesNotHaveDuplicates()
        .isSorted();
    side.followers.stop();
    thread.join();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void saysSoWhenLinesAreGoneBeforeASlowReaderGotThem(MongoDatabase database) throws Exception {
    var side = new Side(database);
    var reader = new Reader();
    side.apply(lines(0, 1, 10));
    var end = endOf(side.stream(300, true, Wanted.ALL, null), reader);
    await().until(() -> side.followers.count() == 1);
    side.apply(lines(1, 5_000, 1_000));
    side.retention.trim();
    reader.reads.countDown();
    assertThat(end).succeedsWithin(PATIENCE).isInstanceOf(ReaderTooSlow.class);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void saysSoWhenLinesAreGoneBeforeAReaderGotItsFirst(MongoDatabase database) {
    for (var upTo : List.of(NOW, NOW.plus(Duration.ofDays(1)))) {
      database.drop();
      var side = new Side(database);
      var begins = new CountDownLatch(1);
      var reader =
          new Reader() {
            @Override
            public void send(List<KeptLine> sent) throws IOException {
              begins.countDown();
              super.send(List.of(sent.isEmpty() ? NOTHING : sent.getFirst()));
            }
          };
      var end = endOf(side.stream(0, true, Wanted.ALL, null), reader);
      await().until(() -> begins.getCount() == 0);
      side.apply(lines(0, 5_000, 1_000));
      side.retention.trim();
      side.store.dropBefore(upTo);
      reader.reads.countDown();
      assertThat(end)
          .as("dropped before %s", upTo)
          .succeedsWithin(PATIENCE)
          .isInstanceOf(ReaderTooSlow.class);
      side.followers.stop();
    }
  }

  static CompletableFuture<Throwable> endOf(LogStream stream, Reader reader) {
    var end = new CompletableFuture<Throwable>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                stream.run(reader);
                end.complete(new AssertionError("came to its end"));
              } catch (IOException | InterruptedException reason) {
                end.complete(reason);
              }
            });
    return end;
  }

  static Thread start(LogStream stream, Reader reader) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                stream.run(reader);
              } catch (IOException | InterruptedException gone) {
                throw new AssertionError(gone);
              }
            });
  }

  /** Containers in three partitions whose lines arrive late and out of the order of time. */
  static List<Message<LogLine>> mixed(long seed) {
    var random = new Random(seed);
    var next = new int[] {0, 0, 0, 0};
    var arrivals = new int[] {0, 0, 0};
    var messages = new ArrayList<Message<LogLine>>();
    for (int i = 0; i < 400; i++) {
      int container = random.nextInt(4);
      int partition = container % 3;
      int offset = next[container]++;
      arrivals[partition] += 1 + random.nextInt(3);
      messages.add(
          new Message<>(
              partition,
              arrivals[partition],
              line(
                  ContainerId.of(WEB, container, 1),
                  offset,
                  offset * 10L + random.nextInt(9),
                  container + "/" + offset)));
    }
    return messages;
  }

  @ParameterizedTest
  @MethodSource("databases")
  void goesOnFromEachPositionWithoutLossOrRepeat(MongoDatabase database) throws Exception {
    for (long seed = 1; seed <= 3; seed++) {
      database.drop();
      var side = new Side(database);
      var all = mixed(seed);
      side.apply(all.subList(0, 200));
      var first = Reader.of(side.stream(100, false, Wanted.ALL, null));
      assertThat(first.lines.stream().map(line -> line.line().time())).hasSize(100).isSorted();
      side.apply(all.subList(200, 400));
      for (int read = 1; read <= 100; read += 9) {
        var position = LogPosition.parse("since", first.positions.get(read - 1));
        var rest = Reader.of(side.stream(300, false, Wanted.ALL, position));
        var seen = new ArrayList<>(first.texts().subList(0, read));
        seen.addAll(rest.texts());
        assertThat(seen)
            .doesNotHaveDuplicates()
            .containsAll(first.texts())
            .containsAll(all.subList(200, 400).stream().map(m -> m.value().text()).toList())
            .hasSize(300);
        var middle = rest.positions.get(rest.positions.size() / 2);
        var last =
            Reader.of(side.stream(300, false, Wanted.ALL, LogPosition.parse("since", middle)));
        assertThat(last.texts())
            .containsExactlyInAnyOrderElementsOf(
                rest.texts().subList(rest.texts().size() / 2 + 1, rest.texts().size()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void leavesOutWhatIsNotAskedFor(MongoDatabase database) throws Exception {
    var side = new Side(database);
    var messages = new ArrayList<Message<LogLine>>();
    for (int i = 0; i < 100; i++) {
      var text = "line." + i + (i % 10 == 0 ? " a+b" : " aab");
      messages.add(new Message<>(0, i, line(ONE, i, i * 1_000L, text)));
    }
    side.apply(messages);
    var grep = new Wanted(null, null, "a+b");
    assertThat(Reader.of(side.stream(3, false, grep, null)).texts())
        .containsExactly("line.70 a+b", "line.80 a+b", "line.90 a+b");
    var between = new Wanted(NOW.plusSeconds(20), NOW.plusSeconds(22), null);
    assertThat(Reader.of(side.stream(Integer.MAX_VALUE, false, between, null)).texts())
        .containsExactly("line.20 a+b", "line.21 aab", "line.22 aab");
    var followedToAnEnd = Reader.of(side.stream(300, true, between, null));
    assertThat(followedToAnEnd.texts()).hasSize(3);
  }

  @Test
  void refusesAPositionThatNoStreamGave() {
    for (var text : List.of("l1-2.", "l1-", "l1-2~x", "l~1~zz", "lx", "l99999999999-1")) {
      assertThatThrownBy(() -> LogPosition.parse("since", text))
          .as(text)
          .isInstanceOf(InvalidInput.class)
          .hasMessageStartingWith("since must be");
    }
    assertThat(LogPosition.parse("since", "l").arrived()).isEqualTo(Arrived.NOTHING);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void dropsWhatIsTooOldOrTooMany(MongoDatabase database) throws Exception {
    var side = new Side(database);
    side.apply(lines(0, 100, 5));
    side.apply(lines(0, 100, 5));
    side.retention.trim();
    var left = Reader.of(side.stream(1_000, false, Wanted.ALL, null));
    assertThat(left.lines.stream().map(line -> line.line().offset()))
        .hasSize(60)
        .startsWith(40L)
        .endsWith(99L);
    side.store.dropBefore(NOW.plus(Duration.ofDays(1)));
    assertThat(Reader.of(side.stream(10, false, Wanted.ALL, null)).lines).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void dropsWhatIsTooMuchTogetherAndTellsWhatIsLeft(MongoDatabase database) throws Exception {
    var side = new Side(database);
    side.apply(lines(0, 100, 100));
    side.retention.trim();
    var left = Reader.of(side.stream(1_000, false, Wanted.ALL, null));
    assertThat(left.lines.stream().map(line -> line.line().offset()))
        .hasSize(10)
        .startsWith(90L)
        .endsWith(99L);
    assertThat(new LogHealth(side.store, side.retention.limits()).health().getDetails())
        .containsEntry("lines", 10L)
        .containsEntry("maxSize", "1024B")
        .containsEntry("oldest", left.lines.getFirst().line().time().toString());
  }
}
