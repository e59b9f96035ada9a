package dev.slipway.command.node;

import dev.slipway.model.node.Heartbeat;
import dev.slipway.model.node.NodeId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The last heartbeat of each node that this process has heard. */
public final class Heartbeats {

  private final Map<NodeId, Heartbeat> last = new ConcurrentHashMap<>();

  void heard(Heartbeat heartbeat) {
    last.put(heartbeat.node(), heartbeat);
  }

  @Nullable Heartbeat last(NodeId node) {
    return last.get(node);
  }
}
