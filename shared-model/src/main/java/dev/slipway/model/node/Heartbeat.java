package dev.slipway.model.node;

import java.time.Instant;

/** Says that an agent is there, and what its node is. */
public record Heartbeat(NodeId node, Instant at, NodeFacts facts) {}
