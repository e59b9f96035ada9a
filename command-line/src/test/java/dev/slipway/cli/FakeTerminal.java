package dev.slipway.cli;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server whose containers have a terminal: it sends frames, and answers what is typed with an
 * echo in capitals.
 */
final class FakeTerminal implements AutoCloseable {

  private final ServerSocket server;
  private final List<String> frames;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream typed = new ByteArrayOutputStream();
  private final String untilTyped;

  /**
   * @param frames sent once what is waited for was typed; then the session is closed
   * @param untilTyped what is waited for; empty for nothing
   */
  FakeTerminal(String untilTyped, String... frames) {
    this.frames = List.of(frames);
    this.untilTyped = untilTyped;
    try {
      server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    Thread.ofVirtual().start(this::serve);
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  List<String> requests() {
    return requests;
  }

  synchronized String typed() {
    return typed.toString(StandardCharsets.UTF_8);
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        var socket = server.accept();
        Thread.ofVirtual().start(() -> answer(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void answer(Socket socket) {
    try (socket) {
      var in = new DataInputStream(socket.getInputStream());
      var head = head(in);
      requests.add(head.lines().findFirst().orElse(""));
      if (head.toLowerCase(java.util.Locale.ROOT).contains("upgrade: websocket")) {
        terminal(head, in, socket.getOutputStream());
      } else {
        var body = "{\"meta\":{\"next\":null},\"objects\":[%s]}".formatted(Shop.CONTAINER_JSON);
        plain(socket.getOutputStream(), body.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException gone) {
      // The client has ended.
    }
  }

  private static void plain(OutputStream out, byte[] body) throws IOException {
    out.write(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
            .formatted(body.length)
            .getBytes(StandardCharsets.US_ASCII));
    out.write(body);
  }

  private static String head(DataInputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readByte());
    }
    return head.toString();
  }

  private void terminal(String head, DataInputStream in, OutputStream out) throws IOException {
    var key =
        head.lines()
            .filter(
                line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("sec-websocket-key:"))
            .findFirst()
            .orElseThrow()
            .substring(18)
            .strip();
    out.write(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n"
            .formatted(accept(key))
            .getBytes(StandardCharsets.US_ASCII));
    while (!typed().contains(untilTyped)) {
      read(in);
    }
    for (var frame : frames) {
      send(out, 1, frame.getBytes(StandardCharsets.UTF_8));
    }
    send(out, 8, new byte[] {3, (byte) 232});
  }

  private static String accept(String key) {
    try {
      var sha = MessageDigest.getInstance("SHA-1");
      var text = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
      return Base64.getEncoder()
          .encodeToString(sha.digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** One frame of a client, which is always masked. */
  private void read(DataInputStream in) throws IOException {
    int kind = in.readUnsignedByte() & 0x0f;
    int length = in.readUnsignedByte() & 0x7f;
    int size = length == 126 ? in.readUnsignedShort() : length;
    var mask = in.readNBytes(4);
    var bytes = in.readNBytes(size);
    for (int at = 0; at < bytes.length; at++) {
      bytes[at] ^= mask[at % 4];
    }
    if (kind == 1 || kind == 2) {
      synchronized (this) {
        typed.write(bytes);
      }
    }
  }

  private static void send(OutputStream out, int kind, byte[] bytes) throws IOException {
    out.write(0x80 | kind);
    if (bytes.length < 126) {
      out.write(bytes.length);
    } else {
      out.write(new byte[] {126, (byte) (bytes.length >> 8), (byte) bytes.length});
    }
    out.write(bytes);
    out.flush();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
