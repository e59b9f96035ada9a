package dev.slipway.agent.engine;

import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** What is typed, for whoever reads it; a read gives what is there and waits for no more. */
final class Keyboard extends InputStream {

  private static final byte[] END = {};

  /** A command that reads slower than somebody pastes has a megabyte to catch up with. */
  private static final int ROOM = 1 << 20;

  private final BlockingQueue<byte[]> typed = new LinkedBlockingQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private byte[] current = END;
  private int read;
  private boolean ended;

  /**
   * Only one thread types.
   *
   * @return false if there is no room for it
   */
  boolean type(byte[] bytes) {
    if (waiting.get() + bytes.length > ROOM) {
      return false;
    }
    if (bytes.length > 0) {
      waiting.addAndGet(bytes.length);
      typed.add(bytes.clone());
    }
    return true;
  }

  /** What was not read yet never will be. */
  void forget() {
    typed.clear();
    waiting.set(0);
  }

  @Override
  public int read() {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public synchronized int read(byte[] into, int from, int length) {
    if (read == current.length && !ended) {
      try {
        current = typed.take();
        waiting.addAndGet(-current.length);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        current = END;
      }
      read = 0;
      ended = current.length == 0;
    }
    if (ended) {
      return -1;
    }
    int size = Math.min(length, current.length - read);
    System.arraycopy(current, read, into, from, size);
    read += size;
    return size;
  }

  @Override
  public void close() {
    typed.add(END);
  }
}
