package dev.slipway.standalone;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The data folder, which one process has to itself for as long as it lives. */
final class DataFolder implements AutoCloseable {

  private final FileChannel channel;
  private final FileLock lock;
  private final Optional<String> closed;

  private DataFolder(FileChannel channel, FileLock lock, Optional<String> closed) {
    this.channel = channel;
    this.lock = lock;
    this.closed = closed;
  }

  /** What was open to other users until now, for the person at the terminal. */
  Optional<String> closed() {
    return closed;
  }

  static DataFolder take(Path folder) {
    try {
      var closed = FolderAccess.of(folder).close();
      var channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      var lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new CannotStart(
            "another Slipway uses the data folder %s; stop it, or choose another with --data"
                .formatted(folder));
      }
      return new DataFolder(channel, lock, closed);
    } catch (IOException failure) {
      throw new CannotStart(
          "the data folder %s cannot be used: %s".formatted(folder, FileProblem.describe(failure)));
    }
  }

  private static @org.jspecify.annotations.Nullable FileLock tryLock(FileChannel channel)
      throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException mine) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }
}
