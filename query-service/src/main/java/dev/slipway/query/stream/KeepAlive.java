package dev.slipway.query.stream;

import jakarta.websocket.RemoteEndpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Pings a client now and then, and notices when it answers no more. Nothing counts against a client
 * that was not asked, however long its stream was busy with something else.
 */
public final class KeepAlive {

  private final Times times;
  private final LongSupplier nanoTime;
  private volatile boolean answered = true;
  private long asked;
  private long lastPing;

  /**
   * How long is waited.
   *
   * @param pingEvery between two pings
   * @param silence after a ping, until something comes from the client
   */
  public record Times(Duration pingEvery, Duration silence) {}

  public KeepAlive(Times times) {
    this(times, System::nanoTime);
  }

  KeepAlive(Times times, LongSupplier nanoTime) {
    this.times = times;
    this.nanoTime = nanoTime;
    this.lastPing = nanoTime.getAsLong();
  }

  /** Something came from the client. */
  public void heard() {
    answered = true;
  }

  /**
   * To be called every other second.
   *
   * @throws ReaderTooSlow if nothing has come from the client for too long since it was pinged
   */
  public void pulse(RemoteEndpoint.Basic remote) throws IOException {
    pulse(() -> remote.sendPing(ByteBuffer.allocate(0)));
  }

  /** Sends a ping. */
  interface Ping {
    void send() throws IOException;
  }

  void pulse(Ping ping) throws IOException {
    long now = nanoTime.getAsLong();
    if (!answered && now - asked > times.silence().toNanos()) {
      throw new ReaderTooSlow("the client answers no ping");
    }
    if (now - lastPing > times.pingEvery().toNanos()) {
      lastPing = now;
      if (answered) {
        asked = now;
        answered = false;
      }
      ping.send();
    }
  }
}
