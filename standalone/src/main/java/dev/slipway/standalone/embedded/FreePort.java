package dev.slipway.standalone.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Finds ports of the loopback address for servers that must know theirs before they listen. */
final class FreePort {

  static final int ANY = 0;

  private FreePort() {}

  /**
   * @return {@code wanted}, or a free port if any will do
   */
  static int orGiven(int wanted) {
    if (wanted != ANY) {
      return wanted;
    }
    try (var socket = new ServerSocket(ANY, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException("no port is free", failure);
    }
  }
}
