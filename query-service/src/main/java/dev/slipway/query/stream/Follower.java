package dev.slipway.query.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Items on their way to one reader. One that is slow costs no more than a fixed room: when it is
 * full, all in it is let go, and the reader is told to look into the store.
 */
public final class Follower<T> {

  private final int room;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition something = lock.newCondition();
  private List<T> items = new ArrayList<>();
  private int used;
  private boolean fellBehind;
  private boolean closed;

  /** What came since the last time. */
  public record Batch<T>(List<T> items, boolean fellBehind) {}

  /**
   * @param room in whatever the sizes of items are counted
   */
  public Follower(int room) {
    this.room = room;
  }

  public void offer(T item, int size) {
    lock.lock();
    try {
      if (fellBehind || closed) {
        return;
      }
      used += size;
      if (used > room) {
        fellBehind = true;
        items = new ArrayList<>();
        used = 0;
      } else {
        items.add(item);
      }
      something.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for something to come, but not longer than that. */
  public Batch<T> take(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (items.isEmpty() && !fellBehind && !closed && left > 0) {
        left = something.awaitNanos(left);
      }
      var batch = new Batch<>(items, fellBehind);
      items = new ArrayList<>();
      used = 0;
      fellBehind = false;
      return batch;
    } finally {
      lock.unlock();
    }
  }

  public void close() {
    lock.lock();
    try {
      closed = true;
      something.signal();
    } finally {
      lock.unlock();
    }
  }

  public boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }
}
