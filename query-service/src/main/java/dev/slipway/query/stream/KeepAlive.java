package dev.slipway.query.stream;

import jakarta.websocket.RemoteEndpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/** Pings a client now and then, and notices when it answers no more. */
public final class KeepAlive {

  private static final long PING_EVERY_NS = TimeUnit.SECONDS.toNanos(30);
  private static final long LONGEST_SILENCE_NS = TimeUnit.SECONDS.toNanos(75);

  private volatile long lastHeard = System.nanoTime();
  private long lastPing = System.nanoTime();

  /** Something came from the client. */
  public void heard() {
    lastHeard = System.nanoTime();
  }

  /**
   * To be called every other second.
   *
   * @throws ReaderTooSlow if nothing came from the client for too long
   */
  public void pulse(RemoteEndpoint.Basic remote) throws IOException {
    long now = System.nanoTime();
    if (now - lastHeard > LONGEST_SILENCE_NS) {
      throw new ReaderTooSlow("the client answers no ping");
    }
    if (now - lastPing > PING_EVERY_NS) {
      lastPing = now;
      remote.sendPing(ByteBuffer.allocate(0));
    }
  }
}
