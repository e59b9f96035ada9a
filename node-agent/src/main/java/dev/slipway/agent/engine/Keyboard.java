package dev.slipway.agent.engine;

import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** What is typed, for whoever reads it; a read gives what is there and waits for no more. */
final class Keyboard extends InputStream {

  private static final byte[] END = {};

  private final BlockingQueue<byte[]> typed = new LinkedBlockingQueue<>();
  private byte[] current = END;
  private int read;
  private boolean ended;

  void type(byte[] bytes) {
    if (bytes.length > 0) {
      typed.add(bytes.clone());
    }
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
