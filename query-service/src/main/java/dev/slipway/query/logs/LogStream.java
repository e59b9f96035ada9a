package dev.slipway.query.logs;

import dev.slipway.query.logs.LogPosition.Place;
import dev.slipway.query.stream.Follower;
import dev.slipway.query.stream.Sink;
import dev.slipway.query.stream.Source;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The last lines of a target in the order of time, and then those that come, in the order in which
 * they arrive; each once. Following begins before the store is read, so nothing falls between.
 */
final class LogStream implements Source<KeptLine> {

  private static final Duration PULSE = Duration.ofSeconds(1);
  private static final Duration OTHERS_POLL = Duration.ofMillis(250);

  /** How long after its end a stream that has one waits for lines that are on their way. */
  private static final Duration LATENESS = Duration.ofSeconds(2);

  private static final long LOOK_EVERY_NS = TimeUnit.SECONDS.toNanos(10);

  private static final int CHUNK = 256_000;

  private final Logs logs;
  private final LogRequest request;
  private final LineGaps gaps;
  private final List<KeptLine> chunk = new ArrayList<>();
  private int chunkSize;
  private Arrived arrived = Arrived.NOTHING;
  private Arrived given = Arrived.NOTHING;
  private @Nullable String topic;
  private boolean giving;
  private long lookedAt = System.nanoTime();

  LogStream(Logs logs, LogRequest request) {
    this.logs = logs;
    this.gaps = new LineGaps(logs);
    this.request = request;
  }

  @Override
  public void run(Sink<KeptLine> sink) throws IOException, InterruptedException {
    if (!request.follow()) {
      giveStored(sink);
      return;
    }
    var follower = logs.followers().follow(request.target());
    try {
      giveStored(sink);
      follow(follower, sink);
    } finally {
      logs.followers().leave(request.target(), follower);
    }
  }

  private void giveStored(Sink<KeptLine> sink) throws IOException {
    var from = request.from();
    topic = logs.topic();
    arrived = from == null ? logs.arrived() : from.arrived();
    given = arrived;
    if (from == null) {
      giveTail(sink);
    } else {
      if (from.place() != null) {
        giveByTime(sink, from.place(), false);
      }
      giveArrived(sink, false);
    }
    giving = true;
    sink.send(List.of());
  }

  private void giveTail(Sink<KeptLine> sink) throws IOException {
    if (request.tail() == 0) {
      return;
    }
    var place =
        request.tail() == Integer.MAX_VALUE
            ? null
            : logs.store()
                .beginningOfTail(request.target(), request.wanted(), request.tail())
                .orElse(null);
    giveByTime(sink, place, true);
  }

  private void giveByTime(Sink<KeptLine> sink, @Nullable Place place, boolean including)
      throws IOException {
    try (var found = logs.store().byTime(request.target(), request.wanted(), place, including)) {
      while (found.hasNext()) {
        var line = found.next();
        if (arrived.includes(line)) {
          if (request.wanted().grep() == null) {
            gaps.passed(line);
          }
          give(sink, line);
        }
      }
    }
    flush(sink);
  }

  private void follow(Follower<List<KeptLine>> follower, Sink<KeptLine> sink)
      throws IOException, InterruptedException {
    boolean shared = logs.areShared();
    while (!follower.isClosed() && !isOver()) {
      var batch = follower.take(shared ? OTHERS_POLL : PULSE);
      if (shared || batch.fellBehind() || isLongAgo()) {
        giveArrived(sink, batch.fellBehind());
      }
      for (var lines : batch.items()) {
        takeNew(sink, lines);
      }
      flush(sink);
      sink.pulse();
    }
  }

  private void takeNew(Sink<KeptLine> sink, List<KeptLine> lines) throws IOException {
    for (var line : lines) {
      if (!arrived.includes(line)) {
        take(sink, line);
      }
    }
  }

  private boolean isOver() {
    var until = request.wanted().until();
    return until != null && until.plus(LATENESS).isBefore(Instant.now());
  }

  /**
   * From the store: what came past this process, or past a reader that was too slow.
   *
   * @param some whether there must be lines: then that none are left says that they are gone
   */
  private void giveArrived(Sink<KeptLine> sink, boolean some) throws IOException {
    giving = true;
    topic = logs.topic();
    var from = new LogPosition(arrived, null, topic);
    var there = logs.arrived();
    var pages = pagesUpTo(there);
    while (!pages.isEmpty()) {
      var next = Objects.requireNonNull(pages.poll());
      var line = next.next();
      gaps.requireNoneBefore(line, from);
      take(sink, line);
      if (next.hasNext()) {
        pages.add(next);
      }
    }
    flush(sink);
    if (some) {
      gaps.requireNoneBehind(new LogPosition(arrived, null, topic));
    }
    arrived = arrived.and(there);
    given = arrived;
    lookedAt = System.nanoTime();
  }

  private PriorityQueue<LogPages> pagesUpTo(Arrived there) {
    var pages =
        new PriorityQueue<LogPages>(
            Comparator.<LogPages, Instant>comparing(p -> p.peek().line().time()));
    there
        .last()
        .forEach(
            (partition, last) -> {
              var lines =
                  new LogPages(
                      logs.store(), request.target(), partition, arrived.of(partition), last);
              if (lines.hasNext()) {
                pages.add(lines);
              }
            });
    return pages;
  }

  /** The position of a reader that has nothing to read would else stay where it is. */
  private boolean isLongAgo() {
    return System.nanoTime() - lookedAt > LOOK_EVERY_NS;
  }

  /** The next line as it arrived. */
  private void take(Sink<KeptLine> sink, KeptLine line) throws IOException {
    arrived = arrived.with(line);
    gaps.passed(line);
    if (request.wanted().includes(line.line())) {
      give(sink, line);
    }
  }

  private void give(Sink<KeptLine> sink, KeptLine line) throws IOException {
    chunk.add(line);
    chunkSize += line.size();
    if (chunkSize > CHUNK) {
      flush(sink);
    }
  }

  private void flush(Sink<KeptLine> sink) throws IOException {
    if (!chunk.isEmpty()) {
      sink.send(List.copyOf(chunk));
      chunk.clear();
      chunkSize = 0;
    }
  }

  @Override
  public @Nullable String position() {
    return giving ? new LogPosition(given, null, topic).toString() : null;
  }

  /** Where the reader is once it has this line; to be asked line by line, in their order. */
  LogPosition positionAfter(KeptLine line) {
    if (!giving) {
      return new LogPosition(given, Place.of(line), topic);
    }
    given = given.with(line);
    return new LogPosition(given, null, topic);
  }
}
