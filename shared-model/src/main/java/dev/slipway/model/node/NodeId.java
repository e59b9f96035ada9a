package dev.slipway.model.node;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The uuid of a node: its agent draws it once and keeps it. */
public record NodeId(@JsonValue String value) implements Comparable<NodeId> {

  @JsonCreator
  public NodeId {}

  @Override
  public int compareTo(NodeId other) {
    return value.compareTo(other.value);
  }

  /** The bare uuid: it is the key of stored events and of Kafka records. */
  @Override
  public String toString() {
    return value;
  }
}
