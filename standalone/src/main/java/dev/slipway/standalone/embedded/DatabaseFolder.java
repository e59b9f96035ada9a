package dev.slipway.standalone.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/**
 * PostgreSQL's data folder. One whose making was cut short is neither used nor deleted, but put
 * aside.
 */
record DatabaseFolder(Path path) {

  private static final String WHOLE = "slipway-whole";

  /** Makes the folder ready for a start: no server of an earlier one runs in it any more. */
  static DatabaseFolder open(Path data) {
    var folder = new DatabaseFolder(data.toAbsolutePath().normalize());
    try {
      Files.createDirectories(folder.path.resolveSibling("."));
      if (Files.exists(folder.path)) {
        new Postmaster(folder.path).stopIfRunning();
        folder.putAsideIfCutShort();
      }
      return folder;
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "PostgreSQL's folder %s is of no use".formatted(data), failure);
    }
  }

  private void putAsideIfCutShort() throws IOException {
    if (!Files.exists(path.resolve(WHOLE))) {
      Files.move(
          path,
          path.resolveSibling(
              "%s-cut-short-%d".formatted(path.getFileName(), Instant.now().toEpochMilli())));
    }
  }

  /** Must be on the disk before the first row is, since the next start relies on it. */
  void markAsWhole() throws IOException {
    var mark = path.resolve(WHOLE);
    if (!Files.exists(mark)) {
      Files.createFile(mark);
      force(mark);
      force(path);
      force(path.resolveSibling("."));
    }
  }

  private static void force(Path path) throws IOException {
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
