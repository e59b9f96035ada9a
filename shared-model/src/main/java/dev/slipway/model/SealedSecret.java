package dev.slipway.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** An encrypted secret as it is stored: Base64 text that only the command service can open. */
public record SealedSecret(@JsonValue String value) {

  @JsonCreator
  public SealedSecret {}
}
