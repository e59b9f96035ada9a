package dev.slipway.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The name under which a user or an organisation keeps its things, as it stands in every URI. */
public record Namespace(@JsonValue String value) {

  @JsonCreator
  public Namespace {}

  @Override
  public String toString() {
    return value;
  }
}
