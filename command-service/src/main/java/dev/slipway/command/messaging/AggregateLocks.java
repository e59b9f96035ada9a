package dev.slipway.command.messaging;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Lets one command at a time at an aggregate, and only as many at all as there are connections for.
 * Both are waited for before a transaction begins: a command that waits holds no connection.
 */
public final class AggregateLocks {

  private static final int STRIPES = 1024;

  private final Lock[] stripes =
      Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(Lock[]::new);
  private final Semaphore transactions;
  private final AtomicInteger underWay = new AtomicInteger();

  /**
   * @param transactions that may be open at once
   */
  public AggregateLocks(int transactions) {
    this.transactions = new Semaphore(transactions);
  }

  /** Whether commands are under way, or wait to be: what they store is about to be. */
  public boolean areInUse() {
    return underWay.get() > 0;
  }

  <T> T locked(String aggregate, Supplier<T> command) {
    underWay.incrementAndGet();
    try {
      return inTurn(aggregate, command);
    } finally {
      underWay.decrementAndGet();
    }
  }

  private <T> T inTurn(String aggregate, Supplier<T> command) {
    var lock = stripes[Math.floorMod(aggregate.hashCode(), STRIPES)];
    lock.lock();
    try {
      transactions.acquireUninterruptibly();
      try {
        return command.get();
      } finally {
        transactions.release();
      }
    } finally {
      lock.unlock();
    }
  }
}
