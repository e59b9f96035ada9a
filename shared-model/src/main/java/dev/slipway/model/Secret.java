package dev.slipway.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A text that must not be seen: it prints as stars, so that no log line, error or trace shows it by
 * accident. How it is kept in events is decided here and nowhere else.
 */
public record Secret(@JsonValue String reveal) {

  @JsonCreator
  public Secret {}

  @Override
  public String toString() {
    return "***";
  }
}
