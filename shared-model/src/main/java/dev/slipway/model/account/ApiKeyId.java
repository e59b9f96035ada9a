package dev.slipway.model.account;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The uuid of an API key: it names the key and says nothing of it. */
public record ApiKeyId(@JsonValue String value) implements Comparable<ApiKeyId> {

  @JsonCreator
  public ApiKeyId {}

  @Override
  public int compareTo(ApiKeyId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
