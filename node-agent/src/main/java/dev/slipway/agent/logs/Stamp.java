package dev.slipway.agent.logs;

import dev.slipway.model.Ascii;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The time with which the Engine begins a line, such as {@code 2026-01-02T03:04:05.123456789Z};
 * fewer digits of the second's fraction, or none, are one too.
 */
final class Stamp {

  static final int LONGEST = 40;

  private static final String FORM = "0000-00-00T00:00:00";
  private static final int MOST_DIGITS = 9;

  private Stamp() {}

  /** What it says, null if these bytes are none. */
  static @Nullable Instant read(byte[] bytes, int from, int length) {
    int to = from + length;
    if (length <= FORM.length() || bytes[to - 1] != 'Z' || !hasForm(bytes, from)) {
      return null;
    }
    int nanos = nanos(bytes, from + FORM.length(), to - 1);
    int hour = number(bytes, from + 11, 2);
    int minute = number(bytes, from + 14, 2);
    int second = number(bytes, from + 17, 2);
    if (nanos < 0 || hour > 23 || minute > 59 || second > 59) {
      return null;
    }
    try {
      var day =
          LocalDate.of(
              number(bytes, from, 4), number(bytes, from + 5, 2), number(bytes, from + 8, 2));
      long midnight = day.toEpochDay() * 24 * 60 * 60;
      return Instant.ofEpochSecond(midnight + (hour * 60L + minute) * 60 + second, nanos);
    } catch (DateTimeException noSuchDay) {
      return null;
    }
  }

  private static boolean hasForm(byte[] bytes, int from) {
    for (int i = 0; i < FORM.length(); i++) {
      char wanted = FORM.charAt(i);
      if (wanted == '0' ? !Ascii.isDigit(bytes[from + i]) : bytes[from + i] != wanted) {
        return false;
      }
    }
    return true;
  }

  /** Of the fraction with its point, 0 of none, -1 if it is neither. */
  private static int nanos(byte[] bytes, int from, int to) {
    if (from == to) {
      return 0;
    }
    int digits = to - from - 1;
    if (bytes[from] != '.' || digits < 1 || digits > MOST_DIGITS) {
      return -1;
    }
    int nanos = 0;
    for (int i = 0; i < MOST_DIGITS; i++) {
      if (i < digits && !Ascii.isDigit(bytes[from + 1 + i])) {
        return -1;
      }
      nanos = nanos * 10 + (i < digits ? bytes[from + 1 + i] - '0' : 0);
    }
    return nanos;
  }

  private static int number(byte[] bytes, int from, int digits) {
    int number = 0;
    for (int i = from; i < from + digits; i++) {
      number = number * 10 + bytes[i] - '0';
    }
    return number;
  }
}
