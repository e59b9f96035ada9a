package dev.slipway.agent.logs;

import dev.slipway.agent.engine.Found;
import dev.slipway.model.container.LogLine;
import dev.slipway.model.container.LogLine.Stream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * The lines of one container on their way. Invariants:
 *
 * <ul>
 *   <li>what is kept on disk is how far lines have arrived, never how far they were sent;
 *   <li>after one that does not arrive no other is sent until all from that one on are read again;
 *   <li>nothing is locked while a line is sent, so that a receipt never waits.
 * </ul>
 */
final class Delivery {

  private final Found.Labels container;
  private final LogLines lines;
  private final Path file;
  private volatile LogPosition sent;
  private LogPosition arrived;
  private LogPosition saved;
  private volatile int attempt;
  private volatile boolean broken;
  private Instant lastArrival = Instant.EPOCH;

  Delivery(Found.Labels container, LogLines lines, Path folder) {
    this.container = container;
    this.lines = lines;
    this.file = folder.resolve(container.container().value());
    this.arrived = LogPosition.read(file);
    this.sent = arrived;
    this.saved = arrived;
  }

  /** To be called by one thread at a time; unless it is broken. */
  void send(Stream stream, Instant time, String text) {
    var line =
        new LogLine(
            container.service(),
            container.container(),
            container.name(),
            stream,
            time,
            sent.nextOffset(),
            text);
    var after = sent.after(stream == Stream.STDERR, time);
    int of = attempt;
    sent = after;
    lines.send(line, ok -> told(of, after, ok));
  }

  private synchronized void told(int of, LogPosition after, boolean ok) {
    if (of != attempt || broken) {
      return; // all of it is sent again
    }
    if (ok) {
      arrived = after;
      lastArrival = Instant.now();
    } else {
      broken = true;
    }
    notifyAll();
  }

  /** Up to where all is on its way or there. */
  LogPosition sent() {
    return sent;
  }

  /** Whether something was lost on the way. */
  boolean isBroken() {
    return broken;
  }

  /** Whether nothing is on its way. */
  synchronized boolean isWhole() {
    return !broken && arrived.equals(sent);
  }

  /** Goes back to what has arrived: what comes after it is to be read and sent again. */
  synchronized void beginAgain() {
    attempt++;
    broken = false;
    sent = arrived;
  }

  /** Has those look again who wait. */
  synchronized void changed() {
    notifyAll();
  }

  /**
   * Waits for something to be so, which must be told without a lock.
   *
   * @param longest how long nothing may arrive
   * @return whether it is so
   */
  synchronized boolean await(BooleanSupplier done, Duration longest) throws InterruptedException {
    var asked = Instant.now();
    while (!done.getAsBoolean()) {
      var last = lastArrival.isAfter(asked) ? lastArrival : asked;
      if (last.plus(longest).isBefore(Instant.now())) {
        return false;
      }
      wait(longest.toMillis() / 10);
    }
    return true;
  }

  void save() {
    synchronized (file) {
      var now = arrived();
      if (!now.equals(saved)) {
        now.write(file);
        saved = now;
      }
    }
  }

  private synchronized LogPosition arrived() {
    return arrived;
  }
}
