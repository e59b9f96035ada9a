package dev.slipway.command.messaging;

import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Lets one command at a time at an aggregate, and only as many at all as there are connections for.
 * Both are waited for before a transaction begins: a command that waits holds no connection.
 */
final class AggregateLocks {

  private static final int STRIPES = 1024;

  private final Lock[] stripes =
      Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(Lock[]::new);
  private final Semaphore transactions;

  AggregateLocks(int transactions) {
    this.transactions = new Semaphore(transactions);
  }

  <T> T locked(String aggregate, Supplier<T> command) {
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
