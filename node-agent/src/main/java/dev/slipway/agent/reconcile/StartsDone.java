package dev.slipway.agent.reconcile;

import dev.slipway.model.container.ContainerId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How often each container was started for the control plane: a file each, so that an agent that
 * was killed does not start again what has ended since. Of a container without a file all that is
 * known is that what has ended was started once. A full disk stops nothing: until it can be
 * written, the number is kept in memory.
 */
final class StartsDone {

  private static final Logger LOG = LoggerFactory.getLogger(StartsDone.class);

  private final Map<ContainerId, Integer> known = new ConcurrentHashMap<>();
  private final Path folder;
  private volatile boolean failing;

  StartsDone(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  int of(ContainerId container) {
    var remembered = known.get(container);
    if (remembered != null) {
      return remembered;
    }
    try {
      return Integer.parseInt(Files.readString(file(container)).strip());
    } catch (IOException | NumberFormatException forgotten) {
      return 1;
    }
  }

  /** Whether this very number was written down. */
  boolean has(ContainerId container, int starts) {
    return (known.containsKey(container) || Files.exists(file(container)))
        && of(container) == starts;
  }

  void record(ContainerId container, int starts) {
    if (Files.exists(file(container)) && of(container) == starts) {
      return;
    }
    try {
      write(container, starts);
      known.remove(container);
      failing = false;
    } catch (IOException failure) {
      known.put(container, starts);
      if (!failing) {
        LOG.warn("What was started is not written down, and tried again: {}", failure.toString());
      }
      failing = true;
    }
  }

  private void write(ContainerId container, int starts) throws IOException {
    var written = Files.createTempFile(folder, "new", "");
    try {
      Files.writeString(written, Integer.toString(starts));
      Files.move(written, file(container), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(written);
    }
  }

  void forget(ContainerId container) {
    known.remove(container);
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
