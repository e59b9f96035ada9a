package dev.slipway.agent.logs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * Puts the pieces that the Engine sends of one stream together to lines. A line begins with the
 * time at which the Engine took it; a long line comes in pieces, each with its time.
 */
final class LineCutter {

  private static final int LONGEST = 64 * 1024;

  /** Takes a whole line. */
  @FunctionalInterface
  interface Sink {
    void line(Instant time, String text);
  }

  private final Sink sink;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private Instant time = Instant.EPOCH;

  LineCutter(Sink sink) {
    this.sink = sink;
  }

  /** One piece: a time, a space, and bytes that end in a newline if the line does. */
  void piece(byte[] bytes) {
    int space = indexOfSpace(bytes);
    int begin = 0;
    if (space > 0) {
      try {
        var stamp = Instant.parse(new String(bytes, 0, space, StandardCharsets.US_ASCII));
        if (line.size() == 0) {
          time = stamp;
        }
        begin = space + 1;
      } catch (DateTimeParseException noStamp) {
        begin = 0;
      }
    }
    for (int i = begin; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        flush();
      } else {
        if (line.size() == LONGEST) {
          flush();
        }
        line.write(bytes[i]);
      }
    }
  }

  /** The end of the stream ends its last line. */
  void end() {
    if (line.size() > 0) {
      flush();
    }
  }

  private void flush() {
    sink.line(time, line.toString(StandardCharsets.UTF_8).replaceFirst("\r$", ""));
    line.reset();
  }

  private static int indexOfSpace(byte[] bytes) {
    for (int i = 0; i < Math.min(bytes.length, 40); i++) {
      if (bytes[i] == ' ') {
        return i;
      }
    }
    return -1;
  }
}
