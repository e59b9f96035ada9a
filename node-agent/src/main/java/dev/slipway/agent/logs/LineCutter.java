package dev.slipway.agent.logs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Puts the pieces that the Engine sends of one stream together to lines. A line begins with the
 * time at which the Engine took it; a long line comes in pieces, each with its time. What a
 * terminal shows comes in pieces of any size, with the time where a line begins. Bytes that are no
 * UTF-8 are shown as U+FFFD.
 */
final class LineCutter {

  static final int LONGEST = 64 * 1024;

  /** Takes a whole line. */
  @FunctionalInterface
  interface Sink {
    void line(Instant time, String text);
  }

  private final Sink sink;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private Instant time = Instant.EPOCH;

  /** Whether the time of the line that is being put together was taken from its beginning. */
  private boolean stamped;

  LineCutter(Sink sink) {
    this.sink = sink;
  }

  /** One piece: bytes that end in a newline if the line does. */
  void piece(byte[] bytes) {
    int from = line.size() > 0 ? endOfStamp(bytes) : 0;
    while (from < bytes.length) {
      int newline = indexOf(bytes, (byte) '\n', from, bytes.length);
      if (newline >= 0 && line.size() == 0 && newline - from <= LONGEST) {
        whole(bytes, from, newline);
      } else {
        append(bytes, from, newline < 0 ? bytes.length : newline);
        if (newline < 0) {
          return;
        }
        flush(line.size());
      }
      from = newline + 1;
    }
  }

  /** The usual line, in one piece: nothing of it is copied but its text. */
  private void whole(byte[] bytes, int from, int to) {
    int text = afterStamp(bytes, from, to);
    int end = to > text && bytes[to - 1] == '\r' ? to - 1 : to;
    sink.line(time, new String(bytes, text, end - text, StandardCharsets.UTF_8));
  }

  private void append(byte[] bytes, int from, int to) {
    int begin = from;
    while (begin < to) {
      int size = Math.min(to - begin, LONGEST + Stamp.LONGEST - line.size());
      line.write(bytes, begin, size);
      begin += size;
      takeStamp(line.size() >= Stamp.LONGEST);
      if (stamped && line.size() > LONGEST) {
        flush(wholeCharacters());
      }
    }
  }

  /** Takes the time off the line, once all of it must be there. */
  private void takeStamp(boolean complete) {
    if (stamped || !complete) {
      return;
    }
    var bytes = line.toByteArray();
    int end = afterStamp(bytes, 0, bytes.length);
    line.reset();
    line.write(bytes, end, bytes.length - end);
    stamped = true;
  }

  /** The end of the stream ends its last line. */
  void end() {
    if (line.size() > 0) {
      flush(line.size());
    }
  }

  private void flush(int size) {
    takeStamp(true);
    var bytes = line.toByteArray();
    int end = Math.min(size, bytes.length);
    int shown = end > 0 && bytes[end - 1] == '\r' && end == bytes.length ? end - 1 : end;
    sink.line(time, new String(bytes, 0, shown, StandardCharsets.UTF_8));
    line.reset();
    line.write(bytes, end, bytes.length - end);
    stamped = end < bytes.length;
  }

  /** How much of a line that is too long can be cut off without cutting a character. */
  private int wholeCharacters() {
    var bytes = line.toByteArray();
    int end = LONGEST;
    while (end > LONGEST - 4 && (bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return (bytes[end] & 0xC0) == 0x80 ? LONGEST : end;
  }

  /** Takes the time, and tells where the text begins. */
  private int afterStamp(byte[] bytes, int from, int to) {
    int space = indexOf(bytes, (byte) ' ', from, Math.min(to, from + Stamp.LONGEST));
    var stamp = Stamp.read(bytes, from, space - from);
    if (stamp == null) {
      return from;
    }
    time = stamp;
    return space + 1;
  }

  /** Where a later piece goes on: behind its time and a space, or at its beginning without. */
  private static int endOfStamp(byte[] bytes) {
    int space = indexOf(bytes, (byte) ' ', 0, Math.min(bytes.length, Stamp.LONGEST));
    return Stamp.read(bytes, 0, space) == null ? 0 : space + 1;
  }

  private static int indexOf(byte[] bytes, byte wanted, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }
}
