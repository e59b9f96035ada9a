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
 * very time were shipped, so that each gets the same number again.
 */
final class ContainerLog {

  private static final Logger LOG = LoggerFactory.getLogger(ContainerLog.class);

  private final Found.Labels container;
  private final LogLines lines;
  private final Path file;
  private LogPosition position;
  private LogPosition saved;
  private @Nullable AutoCloseable following;
  private CountDownLatch ended = new CountDownLatch(0);
  private boolean readToTheEnd;
  private boolean closed;
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
    if (following != null || readToTheEnd) {
      return;
    }
    ended = new CountDownLatch(1);
    readToTheEnd = found.state() == Found.State.EXITED;
    try {
      following = engine.logs(found.engineId(), position.since(), new Sink(position));
    } catch (RuntimeException notNow) {
      LOG.debug("The log of {} is read later", container.name(), notNow);
      readToTheEnd = false;
      ended.countDown();
    }
  }

  /** Takes what is read from now on; what the position includes has been shipped. */
  private final class Sink implements Engine.LogSink {

    private final LineCutter stdout;
    private final LineCutter stderr;

    Sink(LogPosition shipped) {
      stdout = cutter(Stream.STDOUT, shipped.stdout());
      stderr = cutter(Stream.STDERR, shipped.stderr());
    }

    private LineCutter cutter(Stream stream, Reached shipped) {
      var left = new AtomicLong(shipped.linesAtTime());
      return new LineCutter(
          (time, text) -> {
            boolean before = time.isBefore(shipped.time());
            if (!before && !(time.equals(shipped.time()) && left.getAndDecrement() > 0)) {
              line(stream, time, text);
            }
          });
    }

    @Override
    public void bytes(boolean isStderr, byte[] bytes) {
      (isStderr ? stderr : stdout).piece(bytes);
    }

    @Override
    public void ended() {
      stdout.end();
      stderr.end();
      synchronized (ContainerLog.this) {
        following = null;
        ended.countDown();
      }
    }
  }

  private synchronized void line(Stream stream, Instant time, String text) {
    if (closed) {
      return; // on its way when it was closed; it is read again
    }
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
   * @param quiet how long nothing has to come for all to have come
   */
  void finish(Duration quiet, Duration longest) {
    var deadline = Instant.now().plus(longest);
    try {
      while (!ended.await(quiet.toMillis(), TimeUnit.MILLISECONDS)) {
        var now = Instant.now();
        if (lastLine.plus(quiet).isBefore(now) || deadline.isBefore(now)) {
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

  synchronized void close() {
    closed = true;
    if (following != null) {
      try {
        following.close();
      } catch (Exception failure) {
        LOG.debug("The log of {} was not closed", container.name(), failure);
      }
      following = null;
    }
  }

  synchronized void savePosition() {
    if (!position.equals(saved)) {
      position.write(file);
      saved = position;
    }
  }
}
