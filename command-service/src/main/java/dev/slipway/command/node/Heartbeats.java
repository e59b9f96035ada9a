package dev.slipway.command.node;

import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.AgentState.Unowned;
import dev.slipway.model.node.Heartbeat;
import dev.slipway.model.node.NodeId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The last heartbeat of each node that this process has heard, and since when it listens. */
public final class Heartbeats {

  private final Map<NodeId, Heartbeat> last = new ConcurrentHashMap<>();
  private volatile @Nullable Instant since;
  private volatile Consumer<Heartbeat> listener = _ -> {};

  /**
   * @param next is given every heartbeat from now on
   */
  public void listen(Consumer<Heartbeat> next) {
    listener = next;
  }

  void heard(Heartbeat heartbeat) {
    last.put(heartbeat.node(), heartbeat);
    listener.accept(heartbeat);
  }

  @Nullable Heartbeat last(NodeId node) {
    return last.get(node);
  }

  /** The container as the last heartbeat of the node reports it, if that says it is unowned. */
  Optional<Unowned> unowned(NodeId node, ContainerId container) {
    var heartbeat = last.get(node);
    var agent = heartbeat == null ? null : heartbeat.agent();
    return (agent == null ? List.<Unowned>of() : agent.unowned())
        .stream().filter(one -> one.container().equals(container)).findFirst();
  }

  /**
   * @param since null if heartbeats are not heard now
   */
  void heardSince(@Nullable Instant since) {
    this.since = since;
  }

  /** Whether every heartbeat that was sent from then on until now has been heard. */
  boolean haveBeenHeardSince(Instant then) {
    var heard = since;
    return heard != null && !heard.isAfter(then);
  }
}
