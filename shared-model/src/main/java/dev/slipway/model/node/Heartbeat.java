package dev.slipway.model.node;

import dev.slipway.model.account.KeyHash;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Says that an agent is there, and what its node is.
 *
 * @param token of the one that lets the node in, null if the agent was given none
 */
public record Heartbeat(NodeId node, Instant at, NodeFacts facts, @Nullable KeyHash token) {}
