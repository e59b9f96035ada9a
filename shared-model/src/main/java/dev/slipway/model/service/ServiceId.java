package dev.slipway.model.service;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The uuid of a service. */
public record ServiceId(@JsonValue String value) implements Comparable<ServiceId> {

  @JsonCreator
  public ServiceId {}

  @Override
  public int compareTo(ServiceId other) {
    return value.compareTo(other.value);
  }

  /** The bare uuid: it is the key of stored events and of Kafka records. */
  @Override
  public String toString() {
    return value;
  }
}
