package dev.slipway.agent.logs;

import dev.slipway.agent.engine.Engine;
import dev.slipway.agent.engine.Found;
import dev.slipway.model.container.LogLine;
import dev.slipway.model.container.LogLine.Stream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one container writes. After a break it is read again from the second of the last line
 * shipped; lines of before are told by their time and by how many of that very time were shipped,
 * so that each gets the same number again.
 */
final class ContainerLog {

  private static final Logger LOG = LoggerFactory.getLogger(ContainerLog.class);

  private final Found.Labels container;
  private final LogLines lines;
  private final Path file;
  private LogPosition position;
  private @Nullable AutoCloseable following;
  private CountDownLatch ended = new CountDownLatch(0);
  private boolean readToTheEnd;
  private long skipAtTime;

  ContainerLog(Found.Labels container, LogLines lines, Path folder) {
    this.container = container;
    this.lines = lines;
    this.file = folder.resolve(container.container().value());
    this.position = LogPosition.read(file);
  }

  synchronized void follow(Engine engine, Found found) {
    if (found.state() == Found.State.RUNNING) {
      readToTheEnd = false;
    }
    if (following != null || readToTheEnd) {
      return;
    }
    ended = new CountDownLatch(1);
    skipAtTime = position.linesAtTime();
    readToTheEnd = found.state() == Found.State.EXITED;
    try {
      following = engine.logs(found.engineId(), position.time(), new Sink());
    } catch (RuntimeException notNow) {
      LOG.debug("The log of {} is read later", container.name(), notNow);
      readToTheEnd = false;
      ended.countDown();
    }
  }

  private final class Sink implements Engine.LogSink {

    private final LineCutter stdout =
        new LineCutter((time, text) -> line(Stream.STDOUT, time, text));
    private final LineCutter stderr =
        new LineCutter((time, text) -> line(Stream.STDERR, time, text));

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
    if (time.isBefore(position.time())) {
      return;
    }
    if (time.equals(position.time()) && skipAtTime > 0) {
      skipAtTime--;
      return;
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
    position = position.after(time);
  }

  void finish(Duration longest) {
    try {
      boolean _ = ended.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    close();
    LogPosition.forget(file);
  }

  synchronized void close() {
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
    position.write(file);
  }
}
