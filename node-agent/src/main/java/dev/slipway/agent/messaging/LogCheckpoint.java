package dev.slipway.agent.messaging;

import dev.slipway.model.wire.LogStamp;
import dev.slipway.model.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest place of the log that this agent has read, kept in its folder. A topic that ends
 * before it is older than what the agent knows.
 */
public final class LogCheckpoint {

  private static final Logger LOG = LoggerFactory.getLogger(LogCheckpoint.class);
  private static final long BETWEEN_WRITES = Duration.ofSeconds(1).toNanos();

  private final Path file;
  private volatile @Nullable LogStamp seen;
  private volatile @Nullable LogStamp written;
  private long lastWrite = System.nanoTime() - BETWEEN_WRITES;
  private boolean failing;

  public LogCheckpoint(Path folder) {
    this.file = folder.resolve("log-position");
    this.seen = read();
    this.written = seen;
  }

  private @Nullable LogStamp read() {
    try {
      return Files.exists(file) ? Wire.read(Files.readAllBytes(file), LogStamp.class) : null;
    } catch (IOException | RuntimeException unreadable) {
      LOG.warn("Cannot read {}: {}; starting without it", file, unreadable.toString());
      return null;
    }
  }

  public @Nullable LogStamp seen() {
    return seen;
  }

  /** Moves on to a later place. */
  void advance(LogStamp place) {
    var before = seen;
    if (before == null || !before.isOfSameInstallation(place) || before.isBefore(place)) {
      seen = place;
    }
  }

  /** Writes the newest place down, at most once a second. */
  void save() {
    var newest = seen;
    long now = System.nanoTime();
    if (newest == null || newest.equals(written) || now - lastWrite < BETWEEN_WRITES) {
      return;
    }
    lastWrite = now;
    try {
      var next = file.resolveSibling(file.getFileName() + ".new");
      Files.write(next, Wire.write(newest));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      written = newest;
      failing = false;
    } catch (IOException failure) {
      if (!failing) {
        LOG.warn("Cannot write {}: {}; retrying", file, failure.toString());
      }
      failing = true;
    }
  }
}
