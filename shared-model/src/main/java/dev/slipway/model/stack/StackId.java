package dev.slipway.model.stack;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The uuid of a stack. */
public record StackId(@JsonValue String value) {

  @JsonCreator
  public StackId {}

  /** The bare uuid: it is the key of stored events and of Kafka records. */
  @Override
  public String toString() {
    return value;
  }
}
