package dev.slipway.http;

import dev.slipway.model.Digits;
import dev.slipway.model.InvalidInput;
import org.jspecify.annotations.Nullable;

/** The header by which a client changes a version only that it has seen. */
final class IfMatch {

  private static final String NAME = "If-Match";
  private static final int MAX_DIGITS = 18;

  private IfMatch() {}

  /**
   * The version in the header, null if any will do.
   *
   * @throws InvalidInput if it is no version as {@code ETag} has it
   */
  static @Nullable Long version(@Nullable String header) {
    var text = header == null ? "*" : header.strip();
    if (text.equals("*")) {
      return null;
    }
    var tag = text.startsWith("W/") ? text.substring(2) : text;
    boolean quoted = tag.length() > 1 && tag.startsWith("\"") && tag.endsWith("\"");
    var number = quoted ? tag.substring(1, tag.length() - 1) : tag;
    if (!Digits.isNumber(number, MAX_DIGITS)) {
      throw new InvalidInput(NAME, "must be * or one version as ETag has it, such as \"7\"");
    }
    return Long.parseLong(number);
  }
}
