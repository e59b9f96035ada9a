package dev.slipway.standalone;

import dev.slipway.model.node.NodeId;
import dev.slipway.standalone.audit.EngineReading;
import dev.slipway.standalone.audit.Engines;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Engines that a person names, or the one of this host with the node of the data folder. */
final class AuditedEngines implements Engines, AutoCloseable {

  private final @Nullable List<String> named;
  private final boolean none;
  private final @Nullable String host;
  private final Optional<NodeId> here;
  private @Nullable List<EngineReading> readings;

  private AuditedEngines(
      @Nullable List<String> named, boolean none, @Nullable String host, Optional<NodeId> here) {
    this.named = named;
    this.none = none;
    this.host = host;
    this.here = here;
  }

  /**
   * @param named null if nobody named one
   */
  static AuditedEngines of(
      InstallationServers servers, @Nullable List<String> named, boolean none) {
    return new AuditedEngines(
        named, none, servers.of("SLIPWAY_ENGINE").orElse(null), nodeOf(servers));
  }

  private static Optional<NodeId> nodeOf(InstallationServers servers) {
    try {
      var file = servers.folder().resolve("agent/node-id");
      return Optional.of(new NodeId(Files.readString(file).strip()));
    } catch (IOException noAgentHere) {
      return Optional.empty();
    }
  }

  /** Without a name, this host's Engine is that of this host's node only. */
  @Override
  public boolean include(NodeId node) {
    return !none && (named != null || here.isEmpty() || here.get().equals(node));
  }

  @Override
  public Collection<EngineReading> readings() {
    var open = readings;
    if (open == null) {
      open = new ArrayList<>();
      readings = open;
      if (!none && named != null) {
        open.addAll(named.stream().map(EngineReading::new).toList());
      } else if (!none) {
        open.add(new EngineReading(host));
      }
    }
    return open;
  }

  @Override
  public void close() {
    if (readings != null) {
      readings.forEach(EngineReading::close);
    }
  }
}
