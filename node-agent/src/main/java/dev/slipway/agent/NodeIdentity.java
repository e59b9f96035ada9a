package dev.slipway.agent;

import dev.slipway.model.Uuids;
import dev.slipway.model.node.NodeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Who this node is: drawn once, and kept for as long as its data folder is. */
final class NodeIdentity {

  private NodeIdentity() {}

  static NodeId in(Path folder) {
    var file = folder.resolve("node-id");
    try {
      Files.createDirectories(folder);
      if (!Files.exists(file)) {
        var written = Files.writeString(folder.resolve("node-id.new"), Uuids.random());
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE); // whole, or not there
      }
      return new NodeId(Files.readString(file).strip());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
