package dev.slipway.agent.logs;

import dev.slipway.agent.engine.Found;
import dev.slipway.model.container.LogLine.Stream;
import dev.slipway.model.container.LogLines;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The lines of one container on their way. A line is sent at once if none is on its way; those that
 * come meanwhile are sent together. Invariants:
 *
 * <ul>
 *   <li>what is kept on disk is how far lines have arrived, never how far they were sent;
 *   <li>after one that does not arrive no other is sent until all from that one on are read again;
 *   <li>the monitor is free while lines are sent, so that a receipt never waits.
 * </ul>
 */
final class Delivery {

  /** Texts of so many characters are sent together, and one line more: Kafka takes a megabyte. */
  private static final int MUCH = 64 * 1024;

  private final Found.Labels container;
  private final LogDestination destination;
  private final Path file;

  /** Held by whoever sends, so that lines leave in their order. */
  private final TimedLock sending = new TimedLock();

  private List<LogLines.Line> waiting = new ArrayList<>();
  private int waitingSize;
  private int onTheirWay;
  private volatile LogPosition sent;
  private LogPosition arrived;
  private LogPosition saved;
  private int attempt;
  private volatile boolean broken;
  private Instant lastArrival = Instant.EPOCH;

  Delivery(Found.Labels container, LogDestination destination, Path folder) {
    this.container = container;
    this.destination = destination;
    this.file = folder.resolve(container.container().value());
    this.arrived = LogPosition.read(file);
    this.sent = arrived;
    this.saved = arrived;
  }

  /** To be called by one thread at a time; unless it is broken. */
  void send(Stream stream, Instant time, String text) {
    if (add(stream, time, text)) {
      sendWaiting();
    }
  }

  /**
   * @return whether those that wait are to be sent now
   */
  private synchronized boolean add(Stream stream, Instant time, String text) {
    waiting.add(new LogLines.Line(stream, LogLines.nanos(time), text));
    waitingSize += text.length();
    sent = sent.after(stream == Stream.STDERR, time);
    return onTheirWay == 0 || waiting.size() == LogLines.MOST || waitingSize >= MUCH;
  }

  /** Lines that leave together, and where the container's log is once they have arrived. */
  private record Batch(int attempt, LogPosition after, LogLines lines) {}

  private void sendWaiting() {
    sending.lock();
    try {
      var batch = takeWaiting();
      if (!batch.lines.lines().isEmpty()) {
        destination.send(batch.lines, ok -> told(batch, ok));
      }
    } finally {
      sending.unlock();
    }
  }

  private synchronized Batch takeWaiting() {
    var taken = broken ? List.<LogLines.Line>of() : waiting;
    waiting = new ArrayList<>();
    waitingSize = 0;
    onTheirWay += taken.isEmpty() ? 0 : 1;
    return new Batch(
        attempt,
        sent,
        new LogLines(
            container.service(),
            container.container(),
            container.name(),
            sent.nextOffset() - taken.size(),
            taken));
  }

  private synchronized void told(Batch batch, boolean ok) {
    if (batch.attempt != attempt || broken) {
      return; // all of it is sent again
    }
    onTheirWay--;
    if (ok) {
      arrived = batch.after;
      lastArrival = Instant.now();
      if (onTheirWay == 0 && !waiting.isEmpty()) {
        Thread.startVirtualThread(this::sendWaiting);
      }
    } else {
      broken = true;
    }
    notifyAll();
  }

  /** Up to where all is waiting, on its way or there. */
  LogPosition sent() {
    return sent;
  }

  /** Whether something was lost on the way. */
  boolean isBroken() {
    return broken;
  }

  /** Whether nothing waits or is on its way. */
  synchronized boolean isWhole() {
    return !broken && arrived.equals(sent);
  }

  /**
   * Goes back to what has arrived: what comes after it is to be read and sent again.
   *
   * @return false if lines are just being sent, and that takes longer
   */
  boolean beginAgain(Duration longest) {
    return sending.within(longest, this::forget);
  }

  private synchronized void forget() {
    attempt++;
    broken = false;
    sent = arrived;
    waiting = new ArrayList<>();
    waitingSize = 0;
    onTheirWay = 0;
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
