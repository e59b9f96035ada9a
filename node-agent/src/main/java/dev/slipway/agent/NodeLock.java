package dev.slipway.agent;

import dev.slipway.model.node.NodeId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Held by the one agent of a node on this machine: a copy of its data folder that is started beside
 * the original is refused. The operating system releases it when the process ends.
 */
final class NodeLock implements AutoCloseable {

  private final NodeId node;
  private final FileChannel file;

  private NodeLock(NodeId node, FileChannel file) {
    this.node = node;
    this.file = file;
  }

  /**
   * @param folder the agent's own
   * @throws IllegalStateException if another process on this machine is the node's agent
   */
  static NodeLock take(NodeId node, Path folder) {
    var path = Path.of(System.getProperty("java.io.tmpdir"), "slipway-node-" + node + ".lock");
    try {
      var file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(file) == null) {
        file.close();
        throw new IllegalStateException(
            ("another agent on this machine runs as node %s. If %s is a copy of its folder, stop the"
                    + " original first, or delete %s to make this a node of its own")
                .formatted(node, folder, folder.resolve("node-id")));
      }
      return new NodeLock(node, file);
    } catch (IOException failure) {
      throw new IllegalStateException(
          "%s cannot be locked for node %s: %s".formatted(path, node, failure), failure);
    }
  }

  private static @Nullable FileLock lock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException sameProcess) {
      return null;
    }
  }

  NodeId node() {
    return node;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
