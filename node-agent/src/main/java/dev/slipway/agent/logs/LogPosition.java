package dev.slipway.agent.logs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Set;

/**
 * How far a container's log has been shipped. Each of its two streams is in the order of time, both
 * together need not be.
 *
 * @param nextOffset the number of the next line
 */
record LogPosition(Reached stdout, Reached stderr, long nextOffset) {

  /**
   * How far one stream has been shipped.
   *
   * @param time of the last line
   * @param linesAtTime how many lines of that very time were shipped
   */
  record Reached(Instant time, long linesAtTime) {

    static final Reached NOTHING = new Reached(Instant.EPOCH, 0);

    Reached after(Instant next) {
      return new Reached(next, next.equals(time) ? linesAtTime + 1 : 1);
    }
  }

  private static final String NEW = "new";

  static final LogPosition START = new LogPosition(Reached.NOTHING, Reached.NOTHING, 0);

  Reached of(boolean isStderr) {
    return isStderr ? stderr : stdout;
  }

  LogPosition after(boolean isStderr, Instant next) {
    return isStderr
        ? new LogPosition(stdout, stderr.after(next), nextOffset + 1)
        : new LogPosition(stdout.after(next), stderr, nextOffset + 1);
  }

  /** A moment before every line that was not shipped. */
  Instant since() {
    var last = stdout.time.isAfter(stderr.time) ? stdout.time : stderr.time;
    return last.equals(Instant.EPOCH) ? last : last.minusSeconds(2);
  }

  static LogPosition read(Path file) {
    try {
      var parts = Files.readString(file).strip().split(" ");
      var stdout = new Reached(Instant.parse(parts[0]), Long.parseLong(parts[1]));
      var stderr =
          parts.length < 5
              ? stdout // written when one position was kept for both
              : new Reached(Instant.parse(parts[3]), Long.parseLong(parts[4]));
      return new LogPosition(stdout, stderr, Long.parseLong(parts[2]));
    } catch (IOException | RuntimeException none) {
      return START;
    }
  }

  void write(Path file) {
    try {
      Files.createDirectories(file.getParent());
      var written = Files.createTempFile(file.getParent(), NEW, "");
      try {
        Files.writeString(written, text());
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(written);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private String text() {
    return "%s %d %d %s %d"
        .formatted(stdout.time, stdout.linesAtTime, nextOffset, stderr.time, stderr.linesAtTime);
  }

  /** Deletes all others in the folder. */
  static void keepOnly(Path folder, Set<String> names) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (var others = Files.newDirectoryStream(folder, file -> isOfOthers(file, names))) {
      for (var other : others) {
        Files.deleteIfExists(other);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Whether it is of none of these; one that is being written is of nobody yet. */
  private static boolean isOfOthers(Path file, Set<String> names) {
    var name = file.getFileName().toString();
    return !names.contains(name) && !name.startsWith(NEW);
  }
}
