package dev.slipway.agent.reconcile;

import dev.slipway.model.container.ContainerId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * How often each container was started for the control plane: a file each, so that an agent that
 * was killed does not start again what has ended since. Of a container without a file all that is
 * known is that what has ended was started once.
 */
final class StartsDone {

  private final Path folder;

  StartsDone(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  int of(ContainerId container) {
    try {
      return Integer.parseInt(Files.readString(file(container)).strip());
    } catch (IOException | NumberFormatException forgotten) {
      return 1;
    }
  }

  void record(ContainerId container, int starts) {
    if (Files.exists(file(container)) && of(container) == starts) {
      return;
    }
    try {
      var written = Files.createTempFile(folder, "new", "");
      Files.writeString(written, Integer.toString(starts));
      Files.move(written, file(container), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  void forget(ContainerId container) {
    try {
      Files.deleteIfExists(file(container));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private Path file(ContainerId container) {
    return folder.resolve(container.value());
  }
}
