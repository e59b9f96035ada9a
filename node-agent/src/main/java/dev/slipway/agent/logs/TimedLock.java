package dev.slipway.agent.logs;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** A lock that whoever finds it taken for long does without. */
final class TimedLock extends ReentrantLock {

  private static final long serialVersionUID = 1;

  /**
   * @return whether the work was done, since the lock was free in time
   */
  boolean within(Duration longest, Runnable work) {
    try {
      if (!tryLock(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        return false;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
    try {
      work.run();
      return true;
    } finally {
      unlock();
    }
  }
}
