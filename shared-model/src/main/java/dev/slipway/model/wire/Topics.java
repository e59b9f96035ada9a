package dev.slipway.model.wire;

import dev.slipway.model.node.NodeId;

/**
 * The topics, and how they are cut and kept. See {@code docs/events.md} for who writes and reads.
 */
public enum Topics {
  SERVICE_EVENTS("slipway.service-events", 8, Kept.FOR_EVER),
  STACK_EVENTS("slipway.stack-events", 1, Kept.FOR_EVER),
  NODE_EVENTS("slipway.node-events", 1, Kept.FOR_EVER),
  ACTION_EVENTS("slipway.action-events", 8, Kept.FOR_EVER),
  /** One partition: what is read of it is in the order in which it happened. */
  ACCOUNT_EVENTS("slipway.account-events", 1, Kept.FOR_EVER),
  ASSIGNMENTS("slipway.assignments", 8, Kept.NEWEST),
  REPORTS("slipway.reports", 8, Kept.SEVEN_DAYS),
  HEARTBEATS("slipway.heartbeats", 1, Kept.NEWEST),
  LOGS("slipway.logs", 8, Kept.SEVEN_DAYS),
  EXEC_REQUESTS("slipway.exec-requests", 8, Kept.BRIEFLY),
  EXEC_OUTPUT("slipway.exec-output", 8, Kept.BRIEFLY);

  /**
   * The largest record of any topic. An assignment holds a definition and the variables of its
   * container, each of which was stored as an event: it is far smaller.
   */
  public static final int MAX_RECORD_BYTES = 4 * 1024 * 1024;

  /** How long a topic keeps its records. */
  public enum Kept {
    FOR_EVER,
    /** Compacted: the newest record of each key. */
    NEWEST,
    SEVEN_DAYS,
    /** Ten minutes: what nobody has read by then, nobody waits for. */
    BRIEFLY
  }

  private final String topic;
  private final int partitions;
  private final Kept kept;

  Topics(String topic, int partitions, Kept kept) {
    this.topic = topic;
    this.partitions = partitions;
    this.kept = kept;
  }

  /** The partition in which a node finds what is meant for it: an agent reads this one only. */
  public static int partitionOf(NodeId node, int partitions) {
    return (node.value().hashCode() & Integer.MAX_VALUE) % partitions;
  }

  public String topic() {
    return topic;
  }

  public int partitions() {
    return partitions;
  }

  public Kept kept() {
    return kept;
  }
}
