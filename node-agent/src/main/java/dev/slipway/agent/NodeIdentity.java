package dev.slipway.agent;

import dev.slipway.model.Uuids;
import dev.slipway.model.node.NodeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who this node is: drawn once, and kept for as long as its data folder is. */
final class NodeIdentity {

  private NodeIdentity() {}

  static NodeId in(Path folder) {
    var file = folder.resolve("node-id");
    try {
      Files.createDirectories(folder);
      if (!Files.exists(file)) {
        Files.writeString(file, Uuids.random());
      }
      return new NodeId(Files.readString(file).strip());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
