package dev.slipway.benchmarks.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One kept-alive connection over TCP or a Unix socket, used by one thread. The JDK's client costs
 * about as much time as the servers that are measured; this costs a tenth of it.
 */
public final class Connection implements AutoCloseable {

  private static final int BUFFER = 16 * 1024;
  private static final int NOT_GIVEN = -1;

  private final SocketChannel channel;
  private final InputStream in;
  private final String headers;
  private final String base;

  Connection(Address address) {
    try {
      this.channel = address.open();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot connect to " + address.socket(), failure);
    }
    this.in = new BufferedInputStream(Channels.newInputStream(channel), BUFFER);
    this.headers = address.headers();
    this.base = address.base();
  }

  public Answer get(String path) {
    return send("GET", path, null, "");
  }

  public Answer post(String path, @Nullable String body) {
    return send("POST", path, body, "");
  }

  public Answer patch(String path, String body) {
    return send("PATCH", path, body, "");
  }

  public Answer delete(String path) {
    return send("DELETE", path, null, "");
  }

  /**
   * @param more headers, each line ended
   */
  public Answer send(String method, String path, @Nullable String body, String more) {
    var content = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
    var type = body == null ? "" : "Content-Type: application/json\r\n";
    var head =
        "%s %s HTTP/1.1\r\nHost: localhost\r\n%s%s%sContent-Length: %d\r\n\r\n"
            .formatted(method, base + path, headers, type, more, content.length)
            .getBytes(StandardCharsets.UTF_8);
    try {
      var request = ByteBuffer.allocate(head.length + content.length);
      write(request.put(head).put(content).flip());
      return answer();
    } catch (IOException failure) {
      throw new UncheckedIOException(method + " " + path, failure);
    }
  }

  /**
   * What the server sends until it closes the connection, which is of no use after that. Asked for
   * as by a client of HTTP/1.0, so that nothing but the content comes.
   */
  public InputStream stream(String path) {
    var head = "GET %s HTTP/1.0\r\nHost: localhost\r\n%s\r\n".formatted(base + path, headers);
    try {
      write(ByteBuffer.wrap(head.getBytes(StandardCharsets.UTF_8)));
      var status = line();
      if (!status.startsWith("200", 9)) {
        throw new IOException(status);
      }
      while (!line().isEmpty()) {}
      return in;
    } catch (IOException failure) {
      throw new UncheckedIOException("GET " + path, failure);
    }
  }

  private void write(ByteBuffer request) throws IOException {
    while (request.hasRemaining()) {
      channel.write(request);
    }
  }

  private Answer answer() throws IOException {
    int status = Integer.parseInt(line().substring(9, 12));
    int length = NOT_GIVEN;
    boolean chunked = false;
    var etag = "";
    for (var header = line(); !header.isEmpty(); header = line()) {
      int colon = header.indexOf(':');
      var value = header.substring(colon + 1).strip();
      switch (header.substring(0, colon).toLowerCase(Locale.ROOT)) {
        case "content-length" -> length = Integer.parseInt(value);
        case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
        case "etag" -> etag = value.replace("\"", "");
        default -> {}
      }
    }
    return new Answer(status, etag, body(status, length, chunked));
  }

  private byte[] body(int status, int length, boolean chunked) throws IOException {
    if (chunked) {
      return chunks();
    }
    if (length == NOT_GIVEN) {
      if (status == 204 || status == 304) {
        return new byte[0];
      }
      throw new IOException("an answer without a length");
    }
    return exactly(length);
  }

  private byte[] chunks() throws IOException {
    var whole = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line().replaceFirst(";.*", "").strip(), 16);
      whole.write(exactly(size));
      var _ = line();
      if (size == 0) {
        return whole.toByteArray();
      }
    }
  }

  private byte[] exactly(int length) throws IOException {
    var bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the answer ended early");
    }
    return bytes;
  }

  private String line() throws IOException {
    var line = new StringBuilder(80);
    while (true) {
      int next = in.read();
      switch (next) {
        case -1 -> throw new EOFException("the connection was closed");
        case '\n' -> {
          return line.toString();
        }
        case '\r' -> {}
        default -> line.append((char) next);
      }
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
