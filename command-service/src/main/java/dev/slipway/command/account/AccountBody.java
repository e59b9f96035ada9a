package dev.slipway.command.account;

import dev.slipway.command.api.RequestBody;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.account.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client sends about accounts. Keys that are not known are passed over, and not kept. */
record AccountBody(Map<String, @Nullable Object> known) {

  private static final List<String> KEYS = List.of("name", "user", "label", "role");
  private static final int LONGEST_TEXT = 200;

  static AccountBody read(HttpServletRequest request) {
    var known = new LinkedHashMap<String, @Nullable Object>(RequestBody.read(request).json());
    known.keySet().retainAll(KEYS);
    return new AccountBody(known);
  }

  /**
   * @throws InvalidInput if it is there and no text, or a very long one
   */
  @Nullable String text(String key) {
    return switch (known.get(key)) {
      case null -> null;
      case String text when text.length() <= LONGEST_TEXT -> text;
      case String _ ->
          throw new InvalidInput(key, "must have at most %d characters".formatted(LONGEST_TEXT));
      default -> throw new InvalidInput(key, "must be a text");
    };
  }

  String required(String key) {
    var text = text(key);
    if (text == null) {
      throw new InvalidInput(key, "is required");
    }
    return text;
  }

  @Nullable Role role() {
    var text = text("role");
    return text == null ? null : Role.of("role", text);
  }
}
