package dev.slipway.query.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoDatabase;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.LogLine;
import dev.slipway.model.container.LogLine.Stream;
import dev.slipway.model.service.ServiceId;
import dev.slipway.query.projection.Stores;
import dev.slipway.query.projection.Unshared;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LogStreamTest {

  static final ServiceId WEB = new ServiceId("3f0c7d7e-0000-4000-8000-000000000001");
  static final ContainerId ONE = ContainerId.of(WEB, 1, 1);

  static java.util.stream.Stream<MongoDatabase> databases() {
    return Stores.fresh();
  }

  static LogLine line(int offset, int size) {
    return new LogLine(
        WEB,
        ONE,
        "web-1",
        Stream.STDOUT,
        Instant.now().plusMillis(offset),
        offset,
        "x".repeat(size));
  }

  /** A reader that does not read until it is let. */
  static final class Slow implements LogSink {

    final List<Long> offsets = Collections.synchronizedList(new ArrayList<>());
    final CountDownLatch reads = new CountDownLatch(1);

    @Override
    public void send(List<LogLine> lines) throws IOException {
      try {
        if (!lines.isEmpty()) {
          reads.await();
        }
      } catch (InterruptedException interrupted) {
        throw new IOException(interrupted);
      }
      lines.forEach(line -> offsets.add(line.offset()));
    }

    @Override
    public void pulse() {}
  }

  @ParameterizedTest
  @MethodSource("databases")
  void givesASlowReaderFromTheStoreWhatItHadNoRoomFor(MongoDatabase database) throws Exception {
    var store = new LogStore(database);
    var followers = new Followers();
    followers.start();
    var target = LogTarget.container(ONE.value());
    var sink = new Slow();
    var logs = new Logs(store, followers, null, new Unshared().get(), Duration.ofSeconds(1));
    var stream = new LogStream(logs, new LogRequest(target, 300, true), sink);
    var thread = Thread.ofVirtual().start(() -> run(stream));
    await().until(() -> followers.count() == 1);
    for (int from = 0; from < 5_000; from += 500) {
      var lines = new ArrayList<LogLine>();
      for (int offset = from; offset < from + 500; offset++) {
        lines.add(line(offset, 1_000));
      }
      store.add(lines);
      followers.publish(lines);
    }
    sink.reads.countDown();
    await().until(() -> sink.offsets.size() >= 5_000);
    assertThat(sink.offsets).hasSize(5_000).doesNotHaveDuplicates().isSorted();
    followers.stop();
    thread.join();
  }

  static void run(LogStream stream) {
    try {
      stream.run();
    } catch (IOException | InterruptedException gone) {
      throw new AssertionError(gone);
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void dropsWhatIsTooOldOrTooMany(MongoDatabase database) {
    var store = new LogStore(database);
    var limits = new LogRetention.Limits(Duration.ofDays(1), 60);
    var retention = new LogRetention(store, limits, Clock.systemUTC());
    var lines = new ArrayList<LogLine>();
    for (int offset = 0; offset < 100; offset++) {
      lines.add(line(offset, 5));
    }
    store.add(lines);
    store.add(lines);
    retention.trim();
    var left = store.tail(LogTarget.service(WEB.value()), 1_000);
    assertThat(left.stream().map(LogLine::offset)).hasSize(60).startsWith(40L).endsWith(99L);
    store.dropBefore(Instant.now().plus(Duration.ofDays(1)));
    assertThat(store.tail(LogTarget.container(ONE.value()), 10)).isEmpty();
  }
}
