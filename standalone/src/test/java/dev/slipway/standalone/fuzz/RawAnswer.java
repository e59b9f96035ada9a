package dev.slipway.standalone.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a server answered to bytes that may be no request at all. */
record RawAnswer(int status, String head, String body, boolean whole) {

  private static final int TIMEOUT_MILLISECONDS = 60_000;
  private static final int STREAM_MILLISECONDS = 1_500;
  private static final int MAX_BYTES = 16 * 1024 * 1024;

  /**
   * Sends the bytes on a connection of their own.
   *
   * @param stream whether the answer may have no end: what comes in a while is read
   */
  static RawAnswer to(byte[] request, int port, boolean stream) throws IOException {
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(stream ? STREAM_MILLISECONDS : TIMEOUT_MILLISECONDS);
      try {
        socket.getOutputStream().write(request);
        socket.getOutputStream().flush();
      } catch (IOException answeredBeforeTheEnd) {
        // the answer says why
      }
      return of(read(socket, stream), stream);
    }
  }

  private static byte[] read(Socket socket, boolean stream) throws IOException {
    var all = new ByteArrayOutputStream();
    var buffer = new byte[8192];
    try {
      int count;
      while (all.size() < MAX_BYTES && (count = socket.getInputStream().read(buffer)) >= 0) {
        all.write(buffer, 0, count);
      }
    } catch (SocketTimeoutException silent) {
      if (!stream) {
        throw silent;
      }
    } catch (java.net.SocketException reset) {
      if (all.size() == 0) {
        throw reset;
      }
    }
    return all.toByteArray();
  }

  private static RawAnswer of(byte[] bytes, boolean stream) {
    var text = new String(bytes, StandardCharsets.UTF_8);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0 || !text.startsWith("HTTP/1.1 ")) {
      return new RawAnswer(0, "", text, false);
    }
    return new RawAnswer(
        Integer.parseInt(text, 9, 12, 10),
        text.substring(0, end),
        text.substring(end + 4),
        !stream);
  }

  boolean isJson() {
    return head.toLowerCase(Locale.ROOT).contains("\r\ncontent-type: application/json");
  }

  @Override
  public String toString() {
    return "%d %s".formatted(status, body.substring(0, Math.min(500, body.length())));
  }
}
