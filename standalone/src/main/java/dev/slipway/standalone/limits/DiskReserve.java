package dev.slipway.standalone.limits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The part of the data folder's disk that is kept free: PostgreSQL and Kafka end when they meet a
 * full one.
 *
 * @param bytes that must be free for a user's write; 0 turns the check off
 */
public record DiskReserve(Path folder, long bytes) {

  private static final long MB = 1024L * 1024L;

  /** Reports and log lines of containers fill the disk below the reserve, but only to here. */
  private static final int LAST_PART = 8;

  long free() throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  /** Why writes are rejected; null if they are accepted. */
  @Nullable String problem(long free) {
    return free >= bytes
        ? null
        : "the disk of %s has %d MB free, less than its reserve of %d MB (SLIPWAY_DISK_RESERVE); free some space: writes are rejected until then"
            .formatted(folder, free / MB, bytes / MB);
  }

  /** Why nothing may run on this disk any more; null if it may. */
  public @Nullable String exhaustion() throws IOException {
    return exhaustion(free());
  }

  @Nullable String exhaustion(long free) {
    return free >= bytes / LAST_PART
        ? null
        : "the disk of %s has only %d MB free, and PostgreSQL and Kafka need some to go on: free some space, or choose another disk with --data"
            .formatted(folder, free / MB);
  }
}
