package dev.slipway.model.service;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The uuid of a trigger: drawn at random, since whoever knows it may call the trigger. */
public record TriggerId(@JsonValue String value) {

  @JsonCreator
  public TriggerId {}

  @Override
  public String toString() {
    return value;
  }
}
