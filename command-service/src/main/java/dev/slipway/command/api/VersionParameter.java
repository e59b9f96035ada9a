package dev.slipway.command.api;

import dev.slipway.model.Digits;
import dev.slipway.model.InvalidInput;
import org.jspecify.annotations.Nullable;

/** The query parameter {@code version} of requests that go back to an earlier version. */
public final class VersionParameter {

  private static final int MOST_DIGITS = 18;

  private VersionParameter() {}

  /**
   * @throws InvalidInput if it is missing or no version
   */
  public static long read(@Nullable String version) {
    if (version == null || version.isBlank()) {
      throw new InvalidInput("version", "is required");
    }
    if (!Digits.isNumber(version, MOST_DIGITS)) {
      throw new InvalidInput("version", "must be a whole number from 0");
    }
    return Long.parseLong(version);
  }
}
