package dev.slipway.command.api;

import dev.slipway.model.InvalidInput;
import dev.slipway.model.service.ServiceCommand.Asked;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/** The query parameter by which a client has attributes refused that have no effect. */
public final class StrictFlag {

  private static final String NAME = "strict";

  private StrictFlag() {}

  /**
   * @throws InvalidInput if the request is strict and its body has an attribute without effect
   */
  public static void check(HttpServletRequest request, Asked asked) {
    var warnings = asked.request().warnings();
    if (isSet(request) && !warnings.isEmpty()) {
      throw new InvalidInput("body:", String.join("; ", warnings));
    }
  }

  private static boolean isSet(HttpServletRequest request) {
    var value = request.getParameter(NAME);
    return switch (value == null ? "false" : value.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new InvalidInput(NAME, "must be true or false");
    };
  }
}
