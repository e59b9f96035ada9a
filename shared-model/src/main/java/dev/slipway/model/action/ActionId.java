package dev.slipway.model.action;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The uuid of an action; an operation of a service has that of the action that began it. */
public record ActionId(@JsonValue String value) implements Comparable<ActionId> {

  @JsonCreator
  public ActionId {}

  @Override
  public int compareTo(ActionId other) {
    return value.compareTo(other.value);
  }

  /** The bare uuid: it is the key of stored events and of Kafka records. */
  @Override
  public String toString() {
    return value;
  }
}
