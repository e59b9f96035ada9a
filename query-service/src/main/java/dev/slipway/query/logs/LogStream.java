package dev.slipway.query.logs;

import dev.slipway.model.container.LogLine;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The last lines of a target, and then those that come, each once and those of one container in
 * their order. Following begins before the store is read, so nothing falls between.
 */
final class LogStream {

  private static final Duration PULSE = Duration.ofSeconds(1);
  private static final Duration OTHERS_POLL = Duration.ofMillis(250);

  private final Logs logs;
  private final LogRequest request;
  private final LogSink sink;
  private final Map<String, Long> sent = new HashMap<>();

  LogStream(Logs logs, LogRequest request, LogSink sink) {
    this.logs = logs;
    this.request = request;
    this.sink = sink;
  }

  void run() throws IOException, InterruptedException {
    if (!request.follow()) {
      sink.send(logs.store().tail(request.target(), request.tail()));
      return;
    }
    var follower = logs.followers().follow(request.target());
    try {
      sent.putAll(logs.store().lastOffsets(request.target()));
      var tail = logs.store().tail(request.target(), request.tail());
      tail.forEach(this::isNew);
      sink.send(tail);
      follow(follower);
    } finally {
      logs.followers().leave(request.target(), follower);
    }
  }

  private void follow(Follower follower) throws IOException, InterruptedException {
    boolean shared = logs.areShared();
    while (!follower.isClosed()) {
      var batch = follower.take(shared ? OTHERS_POLL : PULSE);
      if (shared || batch.fellBehind()) {
        sendStored();
      }
      sink.send(batch.lines().stream().filter(this::isNew).toList());
      sink.pulse();
    }
  }

  /** What came past this process, or past a reader that was too slow. */
  private void sendStored() throws IOException {
    for (var container : containers()) {
      List<LogLine> lines;
      do {
        lines = logs.store().after(container, sent.getOrDefault(container, -1L));
        sink.send(lines.stream().filter(this::isNew).toList());
      } while (!lines.isEmpty());
    }
  }

  private Collection<String> containers() {
    return request.target().isService()
        ? logs.containers().idsOf(request.target().id())
        : List.of(request.target().id());
  }

  /** Remembers the line as sent. */
  private boolean isNew(LogLine line) {
    var container = line.container().value();
    if (line.offset() <= sent.getOrDefault(container, -1L)) {
      return false;
    }
    sent.put(container, line.offset());
    return true;
  }
}
