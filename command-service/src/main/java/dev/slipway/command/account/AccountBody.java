package dev.slipway.command.account;

import dev.slipway.command.api.RequestBody;
import dev.slipway.command.api.StrictFlag;
import dev.slipway.command.api.UnknownKeys;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.account.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request body about accounts. Unknown fields are dropped.
 *
 * @param warnings one for each unknown field
 */
record AccountBody(Map<String, @Nullable Object> known, List<String> warnings, StrictFlag strict) {

  /** Of requests that take no body. */
  static final AccountBody NONE = new AccountBody(Map.of(), List.of(), new StrictFlag(null));

  private static final int LONGEST_TEXT = 200;

  static AccountBody read(HttpServletRequest request, String... fields) {
    return read(request, Set.of(fields), Set.of());
  }

  /**
   * @param readOnly what answers have besides
   */
  static AccountBody read(HttpServletRequest request, Set<String> fields, Set<String> readOnly) {
    var body = RequestBody.read(request);
    var known = new LinkedHashMap<String, @Nullable Object>(body.json());
    known.keySet().retainAll(fields);
    return new AccountBody(
        known, body.unknown(UnknownKeys.of(fields, readOnly)), StrictFlag.of(request));
  }

  /** The same without the fields, for actions that must not keep them. */
  AccountBody hidden() {
    return new AccountBody(Map.of(), warnings, strict);
  }

  /**
   * @throws InvalidInput if the client wants fields refused that are not known, and there are some
   */
  void checkStrict() {
    strict.check(warnings);
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
