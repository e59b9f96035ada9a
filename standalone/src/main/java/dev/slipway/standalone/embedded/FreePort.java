package dev.slipway.standalone.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds ports of the loopback address for servers that must know theirs before they listen. */
final class FreePort {

  static final int ANY = 0;

  /** Below those that kernels give to clients: one of these could take it meanwhile. */
  static final int FIRST = 10_000;

  static final int BEHIND_LAST = 20_000;
  private static final int TRIES = 1_000;

  private FreePort() {}

  /**
   * @return {@code wanted}, or a free port if any will do
   */
  static int orGiven(int wanted) {
    return wanted == ANY ? find() : wanted;
  }

  static int find() {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, BEHIND_LAST);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException(
        "no port is free from %d to %d".formatted(FIRST, BEHIND_LAST - 1));
  }

  private static boolean isFree(int port) {
    try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
