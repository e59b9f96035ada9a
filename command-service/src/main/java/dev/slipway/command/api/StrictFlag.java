package dev.slipway.command.api;

import dev.slipway.model.InvalidInput;
import dev.slipway.model.service.ServiceCommand.Asked;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The query parameter by which a client has attributes refused that have no effect.
 *
 * @param value as the client sent it, null if it did not
 */
public record StrictFlag(@Nullable String value) {

  private static final String NAME = "strict";

  public static StrictFlag of(HttpServletRequest request) {
    return new StrictFlag(request.getParameter(NAME));
  }

  /**
   * @throws InvalidInput if the request is strict and its body has an attribute without effect
   */
  public static void check(HttpServletRequest request, Asked asked) {
    of(request).check(asked.request().warnings());
  }

  /**
   * @param warnings of attributes without effect
   * @throws InvalidInput if the request is strict and there is a warning
   */
  public void check(List<String> warnings) {
    if (isSet() && !warnings.isEmpty()) {
      throw new InvalidInput("body:", String.join("; ", warnings));
    }
  }

  private boolean isSet() {
    return switch (value == null ? "false" : value.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new InvalidInput(NAME, "must be true or false");
    };
  }
}
