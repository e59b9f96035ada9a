package dev.slipway.cli.output;

import java.util.regex.Pattern;

/**
 * Text from a server, safe to print: control characters and marks that reorder text are shown as
 * their codes.
 */
public final class SafeText {

  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]{0,20}m");

  private SafeText() {}

  /** One line. */
  public static String line(String text) {
    int at = 0;
    while (at < text.length() && isSafe(text.charAt(at))) {
      at++;
    }
    return at == text.length() ? text : escaped(text);
  }

  /** A line of a log: tabs stay, and colours too if the terminal has them. */
  public static String log(String text, boolean colours) {
    int at = 0;
    while (at < text.length() && (isSafe(text.charAt(at)) || text.charAt(at) == '\t')) {
      at++;
    }
    if (at == text.length()) {
      return text;
    }
    var safe = new StringBuilder();
    var matcher = COLOUR.matcher(text);
    int from = 0;
    while (matcher.find()) {
      safe.append(escapedLog(text.substring(from, matcher.start())));
      safe.append(colours ? matcher.group() : "");
      from = matcher.end();
    }
    return safe.append(escapedLog(text.substring(from)))
        .append(colours ? "\u001b[0m" : "")
        .toString();
  }

  private static String escapedLog(String text) {
    return escaped(text).replace("\\u0009", "\t");
  }

  private static String escaped(String text) {
    var safe = new StringBuilder(text.length() + 16);
    text.chars()
        .forEach(
            c -> {
              if (isSafe((char) c)) {
                safe.append((char) c);
              } else {
                safe.append(String.format("\\u%04x", c));
              }
            });
    return safe.toString();
  }

  private static boolean isSafe(char c) {
    return c >= ' ' && c < 0x7f
        || c >= 0xa0
            && !(c >= 0x200b && c <= 0x200f
                || c >= 0x2028 && c <= 0x202e
                || c >= 0x2066 && c <= 0x2069
                || c == 0xfeff);
  }
}
