package dev.slipway.agent.logs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;

/**
 * How far a container's log has been shipped.
 *
 * @param time of the last line
 * @param linesAtTime how many lines of that very time were shipped
 * @param nextOffset the number of the next line
 */
record LogPosition(Instant time, long linesAtTime, long nextOffset) {

  static final LogPosition START = new LogPosition(Instant.EPOCH, 0, 0);

  LogPosition after(Instant next) {
    return new LogPosition(next, next.equals(time) ? linesAtTime + 1 : 1, nextOffset + 1);
  }

  static LogPosition read(Path file) {
    try {
      var parts = Files.readString(file).strip().split(" ");
      return new LogPosition(
          Instant.parse(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    } catch (IOException | RuntimeException none) {
      return START;
    }
  }

  void write(Path file) {
    try {
      Files.createDirectories(file.getParent());
      var written = Files.createTempFile(file.getParent(), "new", "");
      Files.writeString(written, "%s %d %d".formatted(time, linesAtTime, nextOffset));
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static void forget(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
