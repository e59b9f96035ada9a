package dev.slipway.agent.logs;

import dev.slipway.agent.engine.Engine;
import dev.slipway.agent.engine.Found;
import dev.slipway.agent.logs.LogPosition.Reached;
import dev.slipway.model.container.LogLine;
import dev.slipway.model.container.LogLine.Stream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one container writes. After a break it is read again from a little before the last line
 * shipped; lines of before are told, in each of its streams, by their time and by how many of that
 * very time were shipped, so that each gets the same number again. An Engine leaves out a file of
 * the log if it begins the one after the next before a follower has read it: whoever is behind
 * reads what is there, without following, until little is left.
 */
final class ContainerLog {

  private static final Logger LOG = LoggerFactory.getLogger(ContainerLog.class);

  /** Characters that a follower reads faster than a container fills a file of its log. */
  private static final long LITTLE = 1_000_000;

  private static final long MUCH = 4_000_000;

  /** A follower that is this late, and reads much, is behind. */
  private static final Duration LAG = Duration.ofMillis(500);

  private final Found.Labels container;
  private final LogLines lines;
  private final Path file;
  private LogPosition position;
  private @Nullable AutoCloseable stream;
  private @Nullable Pass pass;
  private LogPosition saved;
  private CountDownLatch ended = new CountDownLatch(0);
  private boolean readToTheEnd;
  private volatile Instant lastLine = Instant.EPOCH;

  ContainerLog(Found.Labels container, LogLines lines, Path folder) {
    this.container = container;
    this.lines = lines;
    this.file = folder.resolve(container.container().value());
    this.position = LogPosition.read(file);
    this.saved = position;
  }

  synchronized void follow(Engine engine, Found found) {
    if (found.state() == Found.State.RUNNING) {
      readToTheEnd = false;
    }
    if (pass != null || readToTheEnd) {
      return;
    }
    ended = new CountDownLatch(1);
    readToTheEnd = found.state() == Found.State.EXITED;
    read(engine, found.engineId(), true);
  }

  private void read(Engine engine, String engineId, boolean follow) {
    var begun = new Pass(engine, engineId, follow, position);
    pass = begun;
    try {
      var opened = engine.logs(engineId, position.since(), follow, begun);
      if (pass == begun) {
        stream = opened;
      }
    } catch (RuntimeException notNow) {
      LOG.debug("The log of {} is read later", container.name(), notNow);
      pass = null;
      readToTheEnd = false;
      ended.countDown();
    }
  }

  /** Takes what is read from now on; what the position includes has been shipped. */
  private final class Pass implements Engine.LogSink {

    private final Engine engine;
    private final String engineId;
    private final boolean follow;
    private final LineCutter stdout;
    private final LineCutter stderr;
    private long fresh;
    private Instant time = Instant.MAX;

    Pass(Engine engine, String engineId, boolean follow, LogPosition shipped) {
      this.engine = engine;
      this.engineId = engineId;
      this.follow = follow;
      stdout = cutter(Stream.STDOUT, shipped.stdout());
      stderr = cutter(Stream.STDERR, shipped.stderr());
    }

    private LineCutter cutter(Stream stream, Reached shipped) {
      var left = new AtomicLong(shipped.linesAtTime());
      return new LineCutter(
          (lineTime, text) -> {
            time = lineTime;
            boolean before = lineTime.isBefore(shipped.time());
            if (!before && !(lineTime.equals(shipped.time()) && left.getAndDecrement() > 0)) {
              line(stream, lineTime, text);
              fresh += text.length();
            }
          });
    }

    @Override
    public void bytes(boolean isStderr, byte[] bytes) {
      synchronized (ContainerLog.this) {
        if (pass != this) {
          return; // on its way when the pass was ended; it is read again
        }
        (isStderr ? stderr : stdout).piece(bytes);
        if (follow && fresh > MUCH && time.isBefore(Instant.now().minus(LAG))) {
          closeStream();
          read(engine, engineId, false);
        }
      }
    }

    @Override
    public void ended() {
      synchronized (ContainerLog.this) {
        if (pass != this) {
          return;
        }
        if (follow || readToTheEnd) {
          stdout.end();
          stderr.end();
        }
        pass = null;
        stream = null;
        if (follow || readToTheEnd) {
          ended.countDown();
        } else {
          read(engine, engineId, fresh <= LITTLE);
        }
      }
    }
  }

  private void line(Stream stream, Instant time, String text) {
    lines.send(
        new LogLine(
            container.service(),
            container.container(),
            container.name(),
            stream,
            time,
            position.nextOffset(),
            text));
    position = position.after(stream == Stream.STDERR, time);
    lastLine = Instant.now();
  }

  /**
   * Waits for the last lines of a container that has ended.
   *
   * @param longest how long nothing may come
   */
  void finish(Duration longest) {
    var asked = Instant.now();
    try {
      while (!latch().await(longest.toMillis() / 10, TimeUnit.MILLISECONDS)) {
        var last = lastLine.isAfter(asked) ? lastLine : asked;
        if (last.plus(longest).isBefore(Instant.now())) {
          LOG.warn(
              "The log of {} does not end; what it wrote last may be missing", container.name());
          break;
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    forget();
  }

  private synchronized void forget() {
    close();
    saved = position; // nothing is written of it any more
    LogPosition.forget(file);
  }

  private synchronized CountDownLatch latch() {
    return ended;
  }

  synchronized void close() {
    pass = null;
    closeStream();
  }

  private void closeStream() {
    var open = stream;
    stream = null;
    if (open != null) {
      var _ = Thread.startVirtualThread(() -> closeQuietly(open));
    }
  }

  private void closeQuietly(AutoCloseable open) {
    try {
      open.close();
    } catch (Exception failure) {
      LOG.debug("The log of {} was not closed", container.name(), failure);
    }
  }

  synchronized void savePosition() {
    if (!position.equals(saved)) {
      position.write(file);
      saved = position;
    }
  }
}
