package dev.slipway.query.logs;

import dev.slipway.model.container.LogLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lines on their way to one reader. One that is slow costs no more than a fixed room: when it is
 * full, all in it is let go, and the reader is told to look into the store.
 */
final class Follower {

  private static final int ROOM = 2_000_000;
  private static final int LINE_OVERHEAD = 200;

  /** What came since the last time. */
  record Batch(List<LogLine> lines, boolean fellBehind) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition something = lock.newCondition();
  private List<LogLine> lines = new ArrayList<>();
  private int used;
  private boolean fellBehind;
  private boolean closed;

  void offer(LogLine line) {
    lock.lock();
    try {
      if (fellBehind || closed) {
        return;
      }
      used += line.text().length() + LINE_OVERHEAD;
      if (used > ROOM) {
        fellBehind = true;
        lines = new ArrayList<>();
        used = 0;
      } else {
        lines.add(line);
      }
      something.signal();
    } finally {
      lock.unlock();
    }
  }

  Batch take(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (lines.isEmpty() && !fellBehind && !closed && left > 0) {
        left = something.awaitNanos(left);
      }
      var batch = new Batch(lines, fellBehind);
      lines = new ArrayList<>();
      used = 0;
      fellBehind = false;
      return batch;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      something.signal();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }
}
