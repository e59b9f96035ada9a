package dev.slipway.model.attribute;

import dev.slipway.model.Ascii;

/** Durations as Compose files have them: {@code 90s}, {@code 1m30s}, {@code 2h}. */
final class Durations {

  private static final int LONGEST = 15;

  private Durations() {}

  /** Whole seconds, -1 if the text is no such duration. */
  static long seconds(String text) {
    long seconds = 0;
    long number = -1;
    if (text.isEmpty() || text.length() > LONGEST) {
      return -1;
    }
    for (char c : text.toCharArray()) {
      if (Ascii.isDigit(c)) {
        number = Math.max(number, 0) * 10 + (c - '0');
        continue;
      }
      long unit = unit(c);
      if (number < 0 || unit == 0 || number > Integer.MAX_VALUE) {
        return -1;
      }
      seconds += number * unit;
      number = -1;
    }
    return number >= 0 ? -1 : seconds;
  }

  private static long unit(char c) {
    return switch (c) {
      case 'h' -> 3_600;
      case 'm' -> 60;
      case 's' -> 1;
      default -> 0;
    };
  }
}
