package dev.slipway.query.logs;

import dev.slipway.model.InvalidInput;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/**
 * What a client asks of a stream of lines.
 *
 * @param tail how many of the last lines
 * @param follow whether the lines that come then are wanted too
 */
record LogRequest(LogTarget target, int tail, boolean follow) {

  private static final int DEFAULT_TAIL = 300;
  private static final int LONGEST_TAIL = 10_000;

  /**
   * @throws InvalidInput naming the parameter and the rule that it breaks
   */
  static LogRequest of(LogTarget target, HttpServletRequest request, boolean followsByDefault) {
    return new LogRequest(target, tail(request), follow(request, followsByDefault));
  }

  private static int tail(HttpServletRequest request) {
    var text = request.getParameter("tail");
    if (text == null || text.isBlank()) {
      return DEFAULT_TAIL;
    }
    try {
      int tail = Integer.parseInt(text);
      if (tail >= 0) {
        return Math.min(tail, LONGEST_TAIL);
      }
    } catch (NumberFormatException notOne) {
      // said below
    }
    throw new InvalidInput("tail", "must be a number from 0");
  }

  private static boolean follow(HttpServletRequest request, boolean byDefault) {
    var text = request.getParameter("follow");
    if (text == null || text.isBlank()) {
      return byDefault;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw new InvalidInput("follow", "must be true or false");
    };
  }
}
