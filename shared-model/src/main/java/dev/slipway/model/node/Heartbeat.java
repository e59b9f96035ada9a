package dev.slipway.model.node;

import dev.slipway.model.account.KeyHash;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Says that an agent is there, and what its node is.
 *
 * @param token of the one that lets the node in, null if the agent was given none
 * @param agent null if the agent is of a version that does not report it
 */
public record Heartbeat(
    NodeId node, Instant at, NodeFacts facts, @Nullable KeyHash token, @Nullable AgentState agent) {

  /** A heartbeat that says nothing of the agent. */
  public Heartbeat(NodeId node, Instant at, NodeFacts facts, @Nullable KeyHash token) {
    this(node, at, facts, token, null);
  }
}
