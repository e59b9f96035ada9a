package dev.slipway.command.api;

import dev.slipway.model.Delimited;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/** Describes what is wrong with JSON: where, and what the parser had expected there. */
final class JsonFault {

  private static final int MAX_CHARACTERS = 200;
  private static final List<String> NOT_FOR_CLIENTS =
      List.of(" (start marker at", "[Source", ": enable `");

  private JsonFault() {}

  /** One sentence for the client, without names of this program or of its parser. */
  static String of(JacksonException fault) {
    var at = at(fault.getLocation());
    var message = String.valueOf(fault.getOriginalMessage());
    if (message.startsWith("Duplicate")) {
      return "the body has a name twice in one object" + (at == null ? "" : " (%s)".formatted(at));
    }
    return at == null
        ? "the body is no JSON"
        : "the body is no JSON: %s: %s".formatted(at, readable(message));
  }

  private static @Nullable String at(@Nullable TokenStreamLocation place) {
    return place == null || place.getLineNr() < 0
        ? null
        : "line %d, column %d".formatted(place.getLineNr(), place.getColumnNr());
  }

  /**
   * The parser's words on one line, without its places in brackets and its advice to programmers.
   */
  private static String readable(String message) {
    var line = Delimited.before(message, '\n');
    for (var end : NOT_FOR_CLIENTS) {
      line = upTo(end, line);
    }
    var words = new StringBuilder();
    line.chars().limit(MAX_CHARACTERS).forEach(c -> words.append(isPlain(c) ? (char) c : '?'));
    var text = words.toString().strip();
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }

  private static boolean isPlain(int character) {
    return !Character.isISOControl(character) && !Character.isSurrogate((char) character);
  }

  private static String upTo(String end, String text) {
    int at = text.indexOf(end);
    return at < 0 ? text : text.substring(0, at);
  }
}
