package dev.slipway.standalone.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds ports of the loopback address for servers that must know theirs before they listen. All lie
 * below those that kernels give to clients: one of these could take it meanwhile.
 */
public final class FreePort {

  static final int ANY = 0;

  private static final int TRIES = 1_000;

  private FreePort() {}

  /**
   * @return {@code wanted}, or a free port if any will do
   */
  static int orGiven(int wanted) {
    return wanted == ANY ? find() : wanted;
  }

  /** For a server inside. */
  static int find() {
    return between(10_000, 20_000);
  }

  /** For a Slipway that is going to start, apart from those of the servers inside it. */
  public static int forSlipway() {
    return between(20_000, 32_000);
  }

  private static int between(int first, int behindLast) {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(first, behindLast);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException(
        "no port is free from %d to %d".formatted(first, behindLast - 1));
  }

  private static boolean isFree(int port) {
    try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
