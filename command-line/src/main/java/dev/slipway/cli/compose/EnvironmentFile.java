package dev.slipway.cli.compose;

import dev.slipway.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads files of variables, such as {@code .env}. */
final class EnvironmentFile {

  private static final long MAX_BYTES = 1_000_000;

  private EnvironmentFile() {}

  static Map<String, String> read(Path file, Interpolation interpolation) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw Failure.usage("%s is larger than %d bytes".formatted(file, MAX_BYTES));
      }
      return parse(file.toString(), Files.readString(file), interpolation);
    } catch (IOException failure) {
      throw Failure.usage("cannot read %s: %s".formatted(file, failure.getMessage()));
    }
  }

  /** Later lines see the variables of earlier ones. Single quotes keep a value as it is. */
  static Map<String, String> parse(String file, String text, Interpolation interpolation) {
    var values = new LinkedHashMap<String, String>();
    int number = 0;
    for (var raw : text.lines().toList()) {
      number++;
      var line = raw.strip().replace("\ufeff", "");
      if (!line.isEmpty() && !line.startsWith("#")) {
        line("%s, line %d".formatted(file, number), line, values, interpolation);
      }
    }
    return values;
  }

  /** A name alone stands for the variable of that name. */
  private static void line(
      String place, String line, Map<String, String> values, Interpolation interpolation) {
    var assignment = line.startsWith("export ") ? line.substring(7).strip() : line;
    int equals = assignment.indexOf('=');
    if (equals == 0) {
      throw Failure.usage("%s: a name must stand before the =".formatted(place));
    }
    var name = (equals < 0 ? assignment : assignment.substring(0, equals)).strip();
    var inherited = interpolation.value(name);
    if (equals > 0) {
      var given = assignment.substring(equals + 1).strip();
      values.put(name, value(place, given, new LinkedHashMap<>(values), interpolation));
    } else if (inherited != null) {
      values.put(name, inherited);
    }
  }

  private static String value(
      String place, String text, Map<String, String> known, Interpolation interpolation) {
    if (text.length() > 1 && text.startsWith("'") && text.indexOf('\'', 1) > 0) {
      return text.substring(1, text.indexOf('\'', 1));
    }
    var inner = text;
    if (text.length() > 1 && text.startsWith("\"") && closing(text) > 0) {
      inner = text.substring(1, closing(text));
      inner =
          inner
              .replace("\\n", "\n")
              .replace("\\t", "\t")
              .replace("\\\"", "\"")
              .replace("\\\\", "\\");
    } else {
      int comment = text.indexOf(" #");
      inner = text.startsWith("#") ? "" : comment < 0 ? text : text.substring(0, comment).strip();
    }
    return interpolation.with(known).in(place, inner);
  }

  private static int closing(String text) {
    for (int at = 1; at < text.length(); at++) {
      if (text.charAt(at) == '\\') {
        at++;
      } else if (text.charAt(at) == '"') {
        return at;
      }
    }
    return -1;
  }
}
