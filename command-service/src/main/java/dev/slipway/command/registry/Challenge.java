package dev.slipway.command.registry;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a registry wants clients to log in: the header {@code WWW-Authenticate} of its answer.
 *
 * @param scheme in lower case
 * @param parameters by their names in lower case
 */
record Challenge(String scheme, Map<String, String> parameters) {

  static Challenge parse(String header) {
    var text = header.strip();
    int space = text.indexOf(' ');
    if (space < 0) {
      return new Challenge(text.toLowerCase(Locale.ROOT), Map.of());
    }
    var parameters = new HashMap<String, String>();
    int at = space;
    while (at < text.length()) {
      int equals = text.indexOf('=', at);
      if (equals < 0) {
        break;
      }
      var name = text.substring(at, equals).replace(",", "").strip().toLowerCase(Locale.ROOT);
      int end = end(text, equals + 1);
      parameters.put(name, text.substring(equals + 1, end).replace("\"", "").strip());
      at = end + 1;
    }
    return new Challenge(text.substring(0, space).toLowerCase(Locale.ROOT), parameters);
  }

  /** Where a value ends: at the comma behind it, if it is quoted only behind the quotes. */
  private static int end(String text, int from) {
    int quote =
        from < text.length() && text.charAt(from) == '"' ? text.indexOf('"', from + 1) : from;
    int comma = quote < 0 ? -1 : text.indexOf(',', quote);
    return comma < 0 ? text.length() : comma;
  }

  @Nullable String parameter(String name) {
    return parameters.get(name);
  }
}
