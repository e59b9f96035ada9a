package dev.slipway.agent.logs;

import dev.slipway.agent.engine.Engine;
import dev.slipway.agent.engine.Found;
import dev.slipway.agent.logs.LogPosition.Reached;
import dev.slipway.model.container.LogLine.Stream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Found.Labels container;
  private final Delivery delivery;
  private final TimedLock lock = new TimedLock();
  private @Nullable AutoCloseable stream;
  private volatile @Nullable Pass pass;
  private @Nullable Pass last;
  private boolean over;
  private boolean readToTheEnd;
  private @Nullable String finished;

  ContainerLog(Found.Labels container, LogDestination destination, Path folder) {
    this.container = container;
    this.delivery = new Delivery(container, destination, folder);
  }

  /** Unless it is done already; whoever finds it at work for long looks again later. */
  void follow(Engine engine, Found found) {
    lock.within(PATIENCE, () -> followNow(engine, found));
  }

  private void followNow(Engine engine, Found found) {
    if (found.engineId().equals(finished)) {
      return; // found before it was finished
    }
    over = found.state() != Found.State.RUNNING;
    readToTheEnd &= over;
    if (pass == null && !readToTheEnd) {
      read(engine, found.engineId(), !over);
    }
  }

  private void read(Engine engine, String engineId, boolean follow) {
    var begun = new Pass(engine, engineId, follow, delivery.sent());
    pass = begun;
    last = begun;
    try {
      var opened = engine.logs(engineId, delivery.sent().since(), follow, begun);
      if (pass == begun) {
        stream = opened;
      }
    } catch (RuntimeException notNow) {
      LOG.debug("The log of {} is read later", container.name(), notNow);
      pass = null;
    }
  }

  /** Takes what is read from now on; what the position includes has been shipped. */
  private final class Pass implements Engine.LogSink {

    private final Engine engine;
    private final String engineId;
    private final boolean follow;
    private final boolean rest = over;
    private final LineCutter stdout;
    private final LineCutter stderr;
    private final Backlog backlog = new Backlog();

    Pass(Engine engine, String engineId, boolean follow, LogPosition shipped) {
      this.engine = engine;
      this.engineId = engineId;
      this.follow = follow;
      stdout = cutter(Stream.STDOUT, shipped.stdout());
      stderr = cutter(Stream.STDERR, shipped.stderr());
    }

    private LineCutter cutter(Stream stream, Reached shipped) {
      var repeats = new Repeats(shipped, InstantSource.system());
      return new LineCutter(
          (time, text) -> {
            boolean before = repeats.include(time);
            if (!before && !delivery.isBroken()) {
              delivery.send(stream, time, text);
            }
            backlog.line(time, before ? 0 : text.length());
          });
    }

    @Override
    public void bytes(boolean isStderr, byte[] bytes) {
      lock.lock();
      try {
        if (pass != this || delivery.isBroken()) {
          return; // on its way when the pass was ended; it is read again
        }
        (isStderr ? stderr : stdout).piece(bytes);
        if (backlog.isMuch(Instant.now()) && follow) {
          closeStream();
          read(engine, engineId, false);
        }
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void ended() {
      lock.lock();
      try {
        if (pass == this) {
          goOn();
        }
      } finally {
        lock.unlock();
      }
      delivery.changed();
    }

    /** What is left of a line is one only if no more can come. */
    private void goOn() {
      stream = null;
      if (over && !rest) {
        read(engine, engineId, false);
      } else if (!over && !follow) {
        read(engine, engineId, backlog.isLittle());
      } else {
        if (over && !delivery.isBroken()) {
          stdout.end();
          stderr.end();
        }
        readToTheEnd = over;
        pass = null;
      }
    }
  }

  /** Reads again what was lost on its way, if something was. */
  void mend() {
    if (delivery.isBroken()) {
      lock.within(PATIENCE, this::beginAgain);
    }
  }

  private void beginAgain() {
    var from = last;
    if (from != null && delivery.isBroken() && delivery.beginAgain(PATIENCE)) {
      closeStream();
      read(from.engine, from.engineId, !over);
    }
  }

  /**
   * Reads and ships the rest of a container that has ended. It is not followed after that.
   *
   * @param longest how long nothing may arrive
   */
  void finish(Engine engine, Found found, Duration longest) {
    boolean begun = lock.within(longest, () -> readTheRest(engine, found.engineId()));
    try {
      if (!begun || !delivery.await(() -> pass == null && delivery.isWhole(), longest)) {
        LOG.warn("The log of {} does not end; what it wrote last may be missing", container.name());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    delivery.save();
  }

  private void readTheRest(Engine engine, String engineId) {
    closeStream();
    finished = engineId;
    over = true;
    read(engine, engineId, false);
  }

  /** Takes nothing any more, also while a line waits for room. */
  void close() {
    pass = null;
    lock.within(Duration.ofMillis(100), this::closeStream);
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

  void savePosition() {
    delivery.save();
  }
}
